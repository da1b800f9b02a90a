//! ---- Errors: what stops at once, what is worth another try ----

/** `again`: another run may still reach it. */
export type FailureKind = 'config' | 'permission' | 'state' | 'again' | 'transient' | 'deadline'

/** An error of our own: its message is written for the reader of the stack's events. */
export class Failure extends Error {
  readonly kind: FailureKind
  constructor(kind: FailureKind, message: string) {
    super(message)
    this.kind = kind
  }
}

export interface AwsError {
  name?: string
  message?: string
  code?: string
  $metadata?: { httpStatusCode?: number; requestId?: string }
}

const named = (error: unknown, pattern: RegExp): boolean => {
  const { name, code } = (error ?? {}) as AwsError
  return pattern.test(`${name} ${code}`)
}

export const isDenied = (error: unknown): boolean =>
  named(error, /AccessDenied|NotAuthorized|UnauthorizedOperation|InvalidClientTokenId|UnrecognizedClient/)

export const isNotFound = (error: unknown): boolean => named(error, /NotFound|NoSuchHostedZone|InvalidArn/)

export const isInUse = (error: unknown): boolean => named(error, /ResourceInUse/)

export const isTransient = (error: unknown): boolean => {
  const { httpStatusCode = 0 } = (error as AwsError)?.$metadata ?? {}
  return (
    httpStatusCode === 429 ||
    httpStatusCode >= 500 ||
    named(
      error,
      /Throttl|TooManyRequests|RequestLimitExceeded|PriorRequestNotComplete|InProgress|Conflict|InvalidState|Timeout|ECONN|EPIPE|EAI_AGAIN|ENOTFOUND/,
    )
  )
}
