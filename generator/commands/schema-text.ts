import { jsonSchema } from '../config/schema/index.ts'

/** The JSON Schema of the config, as the command `schema` prints it and `init` writes it. */
export const schemaText = (): string => `${JSON.stringify(jsonSchema(), null, 2)}\n`
