import { sub } from '../cfn/intrinsics.ts'
import type { Tag } from '../cfn/value.ts'

/** Tag `Name` = `<stack>/<role>`. */
export const nameTags = (role: string): Tag[] => [{ Key: 'Name', Value: sub(`\${AWS::StackName}/${role}`) }]
