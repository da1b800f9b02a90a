/** Whether a later push can change what the image is without a change of its name: ECR takes no tag for `latest`. */
export const hasMovingTag = (image: string): boolean => {
  const [, tag] = /:([^/@:]+)$/.exec(image) ?? []
  return !image.includes('@') && (tag === undefined || tag === 'latest')
}
