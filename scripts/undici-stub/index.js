// @actions/core needs @actions/http-client for the OIDC token, and that names undici's ProxyAgent in one function,
// getAgentDispatcher(), which only @actions/github calls. The real package is 0.7 MB (minified) of what every user would
// download and load, for code that cannot run here; so package.json puts this file in its place.
export class ProxyAgent {
  constructor() {
    throw new Error('undici is not part of this bundle: getAgentDispatcher() must not be called')
  }
}
