// The same calls as this action makes: the certificate is read from SSL Certificate Service beside the host.
import { bind, readCertificate } from './bare.ts'

await bind(readCertificate().then(({ Status }) => Status === 1))
