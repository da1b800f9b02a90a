/** An option of `verify` says something of the templates that they determine themselves, or do not have. */
export class WrongDeclaration extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WrongDeclaration'
  }
}
