/** By it the load balancer knows the service that an integration is for. Integrations set it, so no client does. */
export const SERVICE_HEADER = 'x-portcullis-service'
