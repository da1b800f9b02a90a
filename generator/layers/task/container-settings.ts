import type { Container } from '../../model/task/container.ts'

/** How the container runs, as properties of its definition; what the config leaves to the image is left out. */
export const containerSettings = (container: Container) => ({
  EntryPoint: container.entrypoint,
  Command: container.command,
  User: container.user,
  WorkingDirectory: container.workingDirectory,
  ReadonlyRootFilesystem: container.readOnly ? true : undefined,
  LinuxParameters:
    container.dropCapabilities.length === 0 ? undefined : { Capabilities: { Drop: container.dropCapabilities } },
  StopTimeout: container.stopTimeoutSeconds,
})
