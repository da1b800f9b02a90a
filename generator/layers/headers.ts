/** Headers that integrations set, so that no client does. */

/** By it the load balancer knows the service that an integration is for. */
export const SERVICE_HEADER = 'x-portcullis-service'
/** By it listener rules know their application, where others are on the same load balancer. */
export const APPLICATION_HEADER = 'x-portcullis-application'
