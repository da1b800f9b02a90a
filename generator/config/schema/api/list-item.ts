import { LIST_ITEM, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { line } from '../values.ts'

export const QUOTAS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'

/** CommaDelimitedList parameters hold these, so a comma would split one into two. */
export const withoutComma = (what: string, max: number) =>
  line(max).regex(whole(LIST_ITEM), says(isNot(what), 'leave out commas and spaces'))
