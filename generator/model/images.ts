/** What the name of a container image says about where it comes from. */
export const ECR_HOST = /^([0-9]{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+|\{region\})\.amazonaws\.com(?:\.cn)?\//

export const isPrivateEcr = (image: string): boolean => ECR_HOST.test(image)

/** The region of a private ECR image; none when it follows the deploying region or is from elsewhere. */
export const imageRegion = (image: string): string | undefined => {
  const region = ECR_HOST.exec(image)?.[2]
  return region === '{region}' ? undefined : region
}
