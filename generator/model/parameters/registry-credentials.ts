import { kindInWords, type SecretReference, textPattern } from '../../aws/secrets.ts'
import { defaultOrText, type Parameter } from './parameter.ts'
import { type Named, ofTask } from './task.ts'

export const registryCredentialsArn = (named: Named, reference: SecretReference): Parameter => ({
  ...ofTask(named, 'RegistryCredentialsArn', ['registryCredentials']),
  scope: ['region', 'account'],
  followRegion: 'write {region} in the ARN',
  type: 'String',
  label: 'Credentials of the registry',
  ...defaultOrText(
    reference.text,
    textPattern(reference),
    `Username and password of the registry from which the image of ${named.key} is pulled: ${kindInWords(reference)}.`,
  ),
  maxLength: 2048,
  constraintDescription: `must be ${kindInWords(reference)}`,
})
