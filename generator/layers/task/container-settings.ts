import type { Container } from '../../model/task/container.ts'

/** How the container runs, as properties of its definition; what the config leaves to the image is left out. */
export const containerSettings = (container: Container) => ({
  EntryPoint: container.entrypoint,
  Command: container.command,
  User: container.user,
  WorkingDirectory: container.workingDirectory,
  ReadonlyRootFilesystem: container.readOnly ? true : undefined,
  LinuxParameters: linuxParameters(container),
  StopTimeout: container.stopTimeoutSeconds,
})

const linuxParameters = ({ initProcess, dropCapabilities }: Container) =>
  initProcess || dropCapabilities.length > 0
    ? {
        InitProcessEnabled: initProcess ? true : undefined,
        Capabilities: dropCapabilities.length === 0 ? undefined : { Drop: dropCapabilities },
      }
    : undefined
