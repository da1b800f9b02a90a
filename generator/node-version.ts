/** Whether this version of Node.js has what the commands call; older ones fail somewhere in the middle. */
export const runsOn = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}
