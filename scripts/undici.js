// What the bundle uses as `undici` (tsconfig.bundle.json): the parts of the real package that this action and @actions/http-client
// use. The package's index loads fetch, WebSocket, caches and mocks as well: 750 KiB more, and 20 ms of each run (bench/README.md).
import connect from 'undici/lib/api/api-connect.js'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'

// As undici's index does for its whole API.
Dispatcher.prototype.connect = connect

export { default as buildConnector } from 'undici/lib/core/connect.js'
export { default as Agent } from 'undici/lib/dispatcher/agent.js'
export { default as Client } from 'undici/lib/dispatcher/client.js'
export { default as ProxyAgent } from 'undici/lib/dispatcher/proxy-agent.js'

// @actions/github takes this as its default, in whose place src/runner/github-api.ts gives it a fetch over the Agent above. undici's own would
// be loaded by each run, since this module lies in the main chunk.
export const fetch = () => Promise.reject(new Error('undici.fetch is not in the bundle'))
