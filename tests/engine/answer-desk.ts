// Where CloudFormation takes answers: a real HTTPS server on loopback, with URLs as S3 signs them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Place = {
  readonly url: string
  /** The bodies that arrived, refused ones too. */
  readonly bodies: string[]
  /** What the next uploads get instead of 200. */
  readonly troubles: (number | 'reset')[]
}

export type AnswerDesk = {
  /** For NODE_EXTRA_CA_CERTS of the process that answers. */
  readonly certificateFile: string
  readonly open: () => Place
  readonly close: () => Promise<void>
}

export async function startAnswerDesk(): Promise<AnswerDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-answers-'))
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=answers', '-addext', 'subjectAltName=IP:127.0.0.1']
  const form = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const files = ['-keyout', keyFile, '-out', certificateFile]
  execFileSync('openssl', ['req', ...form, ...files, ...subject], { stdio: 'pipe' })

  const places = new Map<string, Place>()
  const options = { cert: readFileSync(certificateFile), key: readFileSync(keyFile) }
  const server = createServer(options, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const place = places.get(request.url ?? '')
      place?.bodies.push(Buffer.concat(parts).toString())
      const trouble = place?.troubles.shift()
      if (trouble === 'reset') return request.socket.destroy()
      // The signature covers an empty content type.
      const isSigned = place && request.method === 'PUT' && !request.headers['content-type']
      response.writeHead(isSigned ? (trouble ?? 200) : 403).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo

  return {
    certificateFile,
    open: () => {
      const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
      const path = `/answers/${places.size}?X-Amz-Date=${date}&X-Amz-Expires=7200&X-Amz-Signature=c4n4ry5ecret`
      const place = { url: `https://127.0.0.1:${port}${path}`, bodies: [], troubles: [] }
      places.set(path, place)
      return place
    },
    close: async () => {
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
      rmSync(folder, { recursive: true })
    },
  }
}
