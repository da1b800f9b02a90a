/**
 * An option is not written as it has to be, or says something of the templates that they determine themselves or do not
 * have.
 */
export class WrongDeclaration extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WrongDeclaration'
  }
}
