import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 916:
/***/ ((__unused_webpack_module, exports) => {

var __webpack_unused_export__;

__webpack_unused_export__ = true;
exports.Io = exports.kp = void 0;
var peq = new Uint32Array(0x10000);
var myers_32 = function (a, b) {
    var n = a.length;
    var m = b.length;
    var lst = 1 << (n - 1);
    var pv = -1;
    var mv = 0;
    var sc = n;
    var i = n;
    while (i--) {
        peq[a.charCodeAt(i)] |= 1 << i;
    }
    for (i = 0; i < m; i++) {
        var eq = peq[b.charCodeAt(i)];
        var xv = eq | mv;
        eq |= ((eq & pv) + pv) ^ pv;
        mv |= ~(eq | pv);
        pv &= eq;
        if (mv & lst) {
            sc++;
        }
        if (pv & lst) {
            sc--;
        }
        mv = (mv << 1) | 1;
        pv = (pv << 1) | ~(xv | mv);
        mv &= xv;
    }
    i = n;
    while (i--) {
        peq[a.charCodeAt(i)] = 0;
    }
    return sc;
};
var myers_x = function (b, a) {
    var n = a.length;
    var m = b.length;
    var mhc = [];
    var phc = [];
    var hsize = Math.ceil(n / 32);
    var vsize = Math.ceil(m / 32);
    for (var i = 0; i < hsize; i++) {
        phc[i] = -1;
        mhc[i] = 0;
    }
    var j = 0;
    for (; j < vsize - 1; j++) {
        var mv_1 = 0;
        var pv_1 = -1;
        var start_1 = j * 32;
        var vlen_1 = Math.min(32, m) + start_1;
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] |= 1 << k;
        }
        for (var i = 0; i < n; i++) {
            var eq = peq[a.charCodeAt(i)];
            var pb = (phc[(i / 32) | 0] >>> i) & 1;
            var mb = (mhc[(i / 32) | 0] >>> i) & 1;
            var xv = eq | mv_1;
            var xh = ((((eq | mb) & pv_1) + pv_1) ^ pv_1) | eq | mb;
            var ph = mv_1 | ~(xh | pv_1);
            var mh = pv_1 & xh;
            if ((ph >>> 31) ^ pb) {
                phc[(i / 32) | 0] ^= 1 << i;
            }
            if ((mh >>> 31) ^ mb) {
                mhc[(i / 32) | 0] ^= 1 << i;
            }
            ph = (ph << 1) | pb;
            mh = (mh << 1) | mb;
            pv_1 = mh | ~(xv | ph);
            mv_1 = ph & xv;
        }
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] = 0;
        }
    }
    var mv = 0;
    var pv = -1;
    var start = j * 32;
    var vlen = Math.min(32, m - start) + start;
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
    }
    var score = m;
    for (var i = 0; i < n; i++) {
        var eq = peq[a.charCodeAt(i)];
        var pb = (phc[(i / 32) | 0] >>> i) & 1;
        var mb = (mhc[(i / 32) | 0] >>> i) & 1;
        var xv = eq | mv;
        var xh = ((((eq | mb) & pv) + pv) ^ pv) | eq | mb;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        score += (ph >>> (m - 1)) & 1;
        score -= (mh >>> (m - 1)) & 1;
        if ((ph >>> 31) ^ pb) {
            phc[(i / 32) | 0] ^= 1 << i;
        }
        if ((mh >>> 31) ^ mb) {
            mhc[(i / 32) | 0] ^= 1 << i;
        }
        ph = (ph << 1) | pb;
        mh = (mh << 1) | mb;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
    }
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
    }
    return score;
};
var distance = function (a, b) {
    if (a.length < b.length) {
        var tmp = b;
        b = a;
        a = tmp;
    }
    if (b.length === 0) {
        return a.length;
    }
    if (a.length <= 32) {
        return myers_32(a, b);
    }
    return myers_x(a, b);
};
exports.Io = distance;
var closest = function (str, arr) {
    var min_distance = Infinity;
    var min_index = 0;
    for (var i = 0; i < arr.length; i++) {
        var dist = distance(str, arr[i]);
        if (dist < min_distance) {
            min_distance = dist;
            min_index = i;
        }
    }
    return arr[min_index];
};
exports.kp = closest;


/***/ }),

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

/* unused reexport */ __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


__webpack_unused_export__ = httpOverHttp;
__webpack_unused_export__ = httpsOverHttp;
__webpack_unused_export__ = httpOverHttps;
__webpack_unused_export__ = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 67:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 30:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 311:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ own)
/* harmony export */ });
const own = {
    'Certificate.AlgorithmUnknown': {
        meaning: 'The host has several certificates, and it is not known of which algorithm they and the new one are; binding the new one would drop certificates at random. Nothing was changed on this host.',
        fix: 'Allow the key `ssl:DescribeCertificates`; or name all certificates that the hosts shall have in `cert-id`; or set `keep-other-algorithms: false` to have exactly those.',
    },
    'Certificate.Expired': {
        meaning: 'The certificate has expired; EdgeOne refuses it, and browsers would. Nothing was changed.',
        fix: 'Renew the certificate, and pass the ID of the new one as `cert-id`.',
    },
    'Certificate.ExpiresSoon': {
        meaning: 'The certificate ends sooner than `min-days-left` asks for: most often the renewal before this step did not renew. Nothing was changed.',
        fix: 'Look at the step that renews the certificate, and whether `cert-id` is the new one. Otherwise lower `min-days-left`.',
    },
    'Certificate.File': {
        meaning: 'A file that `certificate` or `private-key` names could not be read: it is not there, it is no file, or it lies outside of the workspace. Nothing was changed.',
        fix: 'Give paths relative to the workspace of the job, and see whether the step before wrote there. What lies elsewhere must be copied into the workspace first.',
    },
    'Certificate.KeyMismatch': {
        meaning: 'A private key belongs to none of the certificates that were given, or a leaf has no key. Nothing was changed.',
        fix: 'Give the key with which this certificate was requested: most often certificate and key come from two different renewals.',
    },
    'Certificate.KeyTooShort': {
        meaning: 'The key of the certificate is shorter than EdgeOne takes: RSA of 2048 bits, EC of 225 bits. Nothing was changed.',
        fix: 'Issue the certificate anew with a key of RSA 2048 or EC P-256, and pass its ID as `cert-id`.',
    },
    'Certificate.NamesUnknown': {
        meaning: 'With `match: certificate` the hosts are those that the certificate covers, and its names could not be read. Nothing was changed.',
        fix: 'Allow the key `ssl:DescribeCertificates`, see whether `cert-id` is right, or choose the hosts with `match: exact` or `match: pattern`.',
    },
    'Certificate.NoDefault': {
        meaning: 'The site has no default certificate that is deployed and valid. Nothing was changed.',
        fix: 'See the default certificate of the site in the EdgeOne console, or name a certificate in `cert-id`.',
    },
    'Certificate.NotCovered': {
        meaning: 'Some hosts are not among the names of the certificate, so browsers would refuse it there: `*.example.com` covers neither `example.com` nor `a.b.example.com`. Nothing was changed.',
        fix: 'Take these hosts out of `hosts`, pass a certificate that has their names, or let `match: certificate` choose the hosts that it covers.',
    },
    'Certificate.NotYetValid': {
        meaning: 'The certificate is not valid yet. Nothing was changed.',
        fix: 'Run the step again after its first day, or see whether the clock of whoever issued it is right.',
    },
    'Certificate.SameAlgorithm': {
        meaning: 'Two of the certificates have the same algorithm; a host takes at most one of each. Nothing was changed.',
        fix: 'Leave only one certificate of each algorithm (RSA, ECC, SM2) in `cert-id`.',
    },
    'Certificate.Unreadable': {
        meaning: 'What was given as `certificate` or `private-key` is not what the step can take: certificates and an unencrypted private key in PEM. Nothing was changed.',
        fix: 'See what is said of each part above. An ACME client writes what is needed as `fullchain.pem` and `privkey.pem`.',
    },
    'Input.ForeignAccount': {
        meaning: 'The key belongs to an account that `allowed-account-ids` does not name. Nothing was changed.',
        fix: 'Use the key, or the role, of the account that is meant; or correct `allowed-account-ids`.',
    },
    'Input.HostNotOnline': {
        meaning: 'A host that was named serves nobody at the moment (disabled, banned, or its site is not activated), so no certificate was put on it.',
        fix: 'Enable the host in the EdgeOne console and run the step again, or take it out of `hosts`. Patterns (`match: pattern`) leave out such hosts by themselves.',
    },
    'Input.Invalid': {
        meaning: 'Inputs of this step are missing or wrong; this was found before any call.',
        fix: 'Correct the inputs named above in the workflow.',
    },
    'Input.MatchUnreadable': {
        meaning: 'Hosts can be chosen by pattern or by certificate only where the list of hosts can be read; a Pages site, or a key without that permission, refuses it.',
        fix: 'Name the hosts with `match: exact`, or allow the key `teo:DescribeAccelerationDomains` (with `api-version` 2022-01-06 `teo:DescribeHostsCertificate`).',
    },
    'Input.NoIdToken': {
        meaning: 'With `role-arn` and without a key the step takes the role by the OIDC token of the job, and GitHub gives one only to jobs with `permissions: id-token: write`; never to pull requests from forks.',
        fix: 'Add `permissions: { id-token: write }` to the job. For pull requests from forks, run the step after the merge, or not at all.',
    },
    'Input.NoHosts': {
        meaning: 'The inputs choose no host of the site. Nothing was changed.',
        fix: 'Correct `hosts` and `match`. If it is all right that there are none, set `if-no-hosts` to `warn` or `ignore`.',
    },
    'Input.UnknownHosts': {
        meaning: 'The site has no acceleration domains of these names. This was found before any change, so nothing was changed on the other hosts either.',
        fix: 'Correct the names in `hosts`, see whether the site is the right one, or add the domains to it first.',
    },
    'Input.ZoneLocked': {
        meaning: 'The site is locked and takes no changes. Nothing was changed.',
        fix: 'See in the EdgeOne console why it is locked; while its plan is being changed, run the step again later.',
    },
    'Input.ZoneName': {
        meaning: 'The name stands for no site, or for several sites, of the account of this key. Nothing was changed.',
        fix: 'Give the ID of the right site as `zone-id` in place of `zone-name`, or correct the name; see also whether `site` and the key are those of its account.',
    },
    'Network.Connect': {
        meaning: 'No connection to the API could be opened.',
        fix: 'Nothing to fix in the workflow when the network was down for a moment: run the step again. On a self-hosted runner, see whether it may reach `*.tencentcloudapi.com:443`, or needs `HTTPS_PROXY`; with `endpoint`, whether that host is right.',
    },
    'Network.Deadline': {
        meaning: 'The deadline of the step (`wait-minutes`) ended before an answer came.',
        fix: 'Run the step again; it is safe to repeat. When it happens often, raise `wait-minutes`.',
    },
    'Network.HttpStatus': {
        meaning: 'Something between this runner and the API (a gateway, a proxy) answered with an HTTP error instead of the API.',
        fix: 'A 5xx passes by itself: run the step again. With any other status look at `endpoint` and at the proxy of the runner.',
    },
    'Network.Proxy': {
        meaning: 'The proxy of this runner (`HTTPS_PROXY`) did not open a tunnel to the API.',
        fix: 'Allow CONNECT to `*.tencentcloudapi.com:443` on the proxy, correct `HTTPS_PROXY` (form `http://user:password@host:port`), or name the API in `NO_PROXY`.',
    },
    'Network.Redirect': {
        meaning: 'The endpoint answered with a redirect. Redirects are never followed: a signed request goes to the host it was signed for.',
        fix: 'Set `endpoint` to the final address, or remove it.',
    },
    'Network.Reset': {
        meaning: 'The connection broke before the whole answer had come. Whether the service applied the call is unknown.',
        fix: 'Run the step again; it is safe to repeat.',
    },
    'Network.Response': {
        meaning: 'The answer was not one of the Tencent Cloud API: no JSON with a `Response`, or too large.',
        fix: 'Look at `endpoint` and at the proxy of the runner. When both are right, run the step again.',
    },
    'Network.Timeout': {
        meaning: 'The service did not answer in time. Whether it applied the call is unknown.',
        fix: 'Run the step again; it is safe to repeat.',
    },
    'Network.Tls': {
        meaning: 'The TLS certificate of the endpoint (or of the proxy) could not be verified, so nothing was sent.',
        fix: 'Behind a proxy that inspects TLS, put its root certificate into a file and name that file in `NODE_EXTRA_CA_CERTS`. Otherwise somebody may be in the path: do not switch verification off.',
    },
    'Run.Cancelled': {
        meaning: 'The run was cancelled.',
        fix: 'Run the step again when you want the change; it is safe to repeat.',
    },
    'Run.Unexpected': {
        meaning: 'A defect of this action: it met a state it does not know.',
        fix: 'Run the step again. If it repeats, open an issue with the log of a run with debug logging; it holds no secrets.',
    },
    'Verify.ApplicationFailed': {
        meaning: 'EdgeOne took the change, and then could not apply for the certificate (status `failed`). The host may be without a valid certificate now.',
        fix: 'Open the host in the EdgeOne console and see what its certificate says. A free certificate needs the DNS of the host to point at EdgeOne first.',
    },
    'Verify.BindingFailed': {
        meaning: 'EdgeOne took the change, and then could not bind the certificate (status `issued`). What the host serves is not certain.',
        fix: 'Run the step again; it is safe to repeat. If it fails the same way, open a ticket with the RequestId.',
    },
    'Verify.HostBusy': {
        meaning: 'An earlier change of the host was still being deployed when the deadline came; EdgeOne takes no other meanwhile, so none was sent.',
        fix: 'Run the step again later, or raise `wait-minutes`. If the host stays like this for hours, open a ticket with Tencent Cloud.',
    },
    'Verify.HostNotOnline': {
        meaning: 'The host was disabled or banned while the step ran, so it does not serve the certificate.',
        fix: 'See in the EdgeOne console who disabled it. Enable it and run the step again, or take it out of `hosts`.',
    },
    'Verify.NotDeployed': {
        meaning: 'EdgeOne took the change, but the host did not have it in effect when the deadline came: visitors may still see the previous certificate.',
        fix: 'Run the step again: it goes on waiting, and changes only what must be changed. If it happens often, raise `wait-minutes`.',
    },
    'Verify.NotServed': {
        meaning: 'EdgeOne says that the certificate is deployed, but a TLS handshake with the host was not answered with it until the deadline: visitors do not see it.',
        fix: 'See above what is served, and by whom. If the DNS of the host does not lead to EdgeOne, switch it, or verify at EdgeOne itself with `connect-to: cname`. Otherwise run the step again, or raise `wait-minutes`.',
    },
    'Verify.RollbackFailed': {
        meaning: 'A host did not get the new certificate in effect, and could not be given back what it had: what it serves is not certain.',
        fix: 'Look at the host now. The command above gives it back what it had; or run the step again to try the new certificate once more.',
    },
    'Verify.NotTaken': {
        meaning: 'EdgeOne took the same change three times, and the host still has what it had before: visitors see the previous certificate.',
        fix: 'Run the step again. If it remains, bind the certificate in the EdgeOne console, and open a ticket with the RequestId.',
    },
};


/***/ }),

/***/ 342:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _model_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(246);
/* harmony import */ var _report_annotations_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(116);
/* harmony import */ var _report_outputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(568);
/* harmony import */ var _report_summary_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(938);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(157);
/* harmony import */ var _runner_actions_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(759);
/* harmony import */ var _runner_clock_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(992);
/* harmony import */ var _runner_files_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(179);
/* harmony import */ var _runner_http_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(552);
/* harmony import */ var _runner_id_token_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(149);
/* harmony import */ var _runner_tls_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(245);











const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => cancel.abort((0,_model_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .ownProblem */ .O3)('Run.Cancelled', { message: `The run was cancelled (${signal})` })));
}
const { send, close } = (0,_runner_http_js__WEBPACK_IMPORTED_MODULE_8__/* .network */ .N)();
const { env } = process;
const readFile = (0,_runner_files_js__WEBPACK_IMPORTED_MODULE_7__/* .workspaceFiles */ .P)(env['GITHUB_WORKSPACE']);
const idToken = (0,_runner_id_token_js__WEBPACK_IMPORTED_MODULE_9__/* .idTokens */ .S)(env, send);
const result = await (0,_run_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .e)({ env, send, handshake: _runner_tls_js__WEBPACK_IMPORTED_MODULE_10__/* .handshake */ .g, resolve: _runner_tls_js__WEBPACK_IMPORTED_MODULE_10__/* .resolve */ .h, readFile, idToken, clock: _runner_clock_js__WEBPACK_IMPORTED_MODULE_6__/* .clock */ .p, log: _runner_actions_js__WEBPACK_IMPORTED_MODULE_5__/* .log */ .Rm, cancelled: cancel.signal });
close();
const failure = (0,_report_annotations_js__WEBPACK_IMPORTED_MODULE_1__/* .failureOf */ .g)(result);
if (failure)
    _runner_actions_js__WEBPACK_IMPORTED_MODULE_5__/* .log */ .Rm.annotate(failure);
await (0,_runner_actions_js__WEBPACK_IMPORTED_MODULE_5__/* .publish */ .mk)((0,_report_outputs_js__WEBPACK_IMPORTED_MODULE_2__/* .outputsOf */ .Y)(result), (0,_report_summary_js__WEBPACK_IMPORTED_MODULE_3__/* .summaryOf */ .Y)(result, _runner_clock_js__WEBPACK_IMPORTED_MODULE_6__/* .clock */ .p.now()), env);
process.exitCode = result.problem === undefined ? 0 : 1;

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 626:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hy: () => (/* binding */ algorithmOf),
/* harmony export */   Qd: () => (/* binding */ earliest),
/* harmony export */   Rz: () => (/* binding */ algorithms),
/* harmony export */   dM: () => (/* binding */ distinct),
/* harmony export */   e4: () => (/* binding */ bitsOf),
/* harmony export */   hU: () => (/* binding */ covers),
/* harmony export */   vk: () => (/* binding */ coverage)
/* harmony export */ });
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(136);

const algorithms = ['RSA', 'ECC', 'SM2'];
const distinct = (lists) => {
    const all = new Map();
    for (const list of new Set(lists))
        for (const one of list)
            all.set(one.id, one);
    return [...all.values()];
};
const earliest = (times) => times.reduce((a, b) => Math.min(a, b), Infinity);
const family = /^\s*(RSA|ECDSA|ECC|EC|SM2)(?![A-Z])/i;
const algorithmOf = (text) => {
    const word = family.exec(text ?? '')?.[1]?.toUpperCase();
    return algorithms.find((one) => one === (word?.startsWith('EC') ? 'ECC' : word));
};
const bitsOf = (text) => {
    const digits = /(?<!\d)(\d{3,5})(?!\d)/.exec(text?.replace(family, '') ?? '')?.[1];
    return digits === undefined ? undefined : Number(digits);
};
const covers = (names, host) => coverage(names)(host);
const coverage = (names) => {
    const all = new Set(names.map(asciiName));
    return (host) => all.has(host) || all.has(host.replace(/^[^.]*/, '*'));
};
const asciiName = (name) => {
    const plain = name.trim().replace(/[.。．｡]$/u, '');
    if (/^[\x21-\x7e]*$/.test(plain))
        return plain.toLowerCase();
    return plain.startsWith('*.') ? `*.${(0,node_url__WEBPACK_IMPORTED_MODULE_0__.domainToASCII)(plain.slice(2))}` : (0,node_url__WEBPACK_IMPORTED_MODULE_0__.domainToASCII)(plain);
};


/***/ }),

/***/ 246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AF: () => (/* binding */ Problem),
/* harmony export */   H8: () => (/* binding */ toProblem),
/* harmony export */   Ki: () => (/* binding */ underWay),
/* harmony export */   NK: () => (/* binding */ findingText),
/* harmony export */   O3: () => (/* binding */ ownProblem),
/* harmony export */   Wn: () => (/* binding */ altered)
/* harmony export */ });
/* harmony import */ var _errors_own_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(647);

const findingText = ({ input, seen, expected }) => `${input}: saw ${seen}; expected ${expected}`;
class Problem extends Error {
    name = 'Problem';
    code;
    explanation;
    requestId;
    status;
    errno;
    address;
    findings;
    paste;
    sent;
    constructor(details) {
        super(details.message, { cause: details.cause });
        this.code = details.code;
        this.explanation = details.explanation;
        this.requestId = details.requestId;
        this.status = details.status;
        this.errno = details.errno;
        this.address = details.address;
        this.findings = details.findings ?? [];
        this.paste = details.paste;
        this.sent = details.sent ?? 'never';
    }
}
const altered = (problem, changes) => {
    const { message, cause } = problem;
    return new Problem({ ...problem, message, cause, ...changes });
};
const underWay = (problem) => altered(problem, { sent: 'unknown' });
const ownProblem = (code, details) => new Problem({ ...details, code, explanation: _errors_own_js__WEBPACK_IMPORTED_MODULE_0__/* .own */ .Z[code] });
const toProblem = (thrown) => {
    if (thrown instanceof Problem)
        return thrown;
    const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return ownProblem('Run.Unexpected', { message: what, cause: thrown, sent: 'unknown' });
};


/***/ }),

/***/ 484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $j: () => (/* binding */ hostStates),
/* harmony export */   TE: () => (/* binding */ hostsIn),
/* harmony export */   V5: () => (/* binding */ certificateText),
/* harmony export */   iq: () => (/* binding */ unreached)
/* harmony export */ });
const hostStates = [
    'planned',
    'unchanged',
    'served',
    'deployed',
    'accepted',
    'rolled-back',
    'unserved',
    'late',
    'failed',
    'refused',
    'waiting',
    'blocked',
    'unknown',
    'untouched',
    'adrift',
];
const certificateText = ({ inputs, certificates }) => {
    if (inputs === undefined)
        return '';
    if (inputs.mode !== 'sslcert')
        return inputs.mode;
    if (certificates.length > 0)
        return certificates.map(({ id }) => id).join(',');
    return inputs.certificates === 'default' ? 'default' : inputs.certificates.join(',');
};
const hostsIn = ({ hosts }, ...states) => hosts.filter(({ state }) => states.includes(state)).map(({ host }) => host);
const reached = ['planned', 'unchanged', 'served', 'deployed', 'accepted'];
const unreached = hostStates.filter((state) => !reached.includes(state));


/***/ }),

/***/ 116:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ failureOf)
/* harmony export */ });
/* harmony import */ var _model_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(246);
/* harmony import */ var _runner_sanitize_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(887);
/* harmony import */ var _util_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(805);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(191);




const failureOf = (result) => {
    const { problem } = result;
    if (problem === undefined)
        return undefined;
    const lines = [
        ...(problem.findings.length === 0
            ? [problem.message.trim() || 'The service gave no message.']
            : problem.findings.map((finding) => `${(0,_model_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .findingText */ .NK)(finding)}.`)),
        (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLine */ .Pn)(result),
        problem.explanation ? `Cause: ${problem.explanation.meaning}` : '',
        problem.explanation ? `What to do: ${problem.explanation.fix}` : '',
        (0,_words_js__WEBPACK_IMPORTED_MODULE_1__/* .stateLine */ .qo)(result),
        problem.requestId === undefined ? '' : `RequestId: ${problem.requestId}`,
    ];
    const message = (0,_util_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(lines
        .map(_util_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)
        .filter((line) => line !== '')
        .join('\n'), _runner_sanitize_js__WEBPACK_IMPORTED_MODULE_3__/* .longestMessage */ .qk);
    return { level: 'error', title: (0,_util_text_js__WEBPACK_IMPORTED_MODULE_2__/* .brief */ .dh)(`EdgeOne certificate: ${problem.code}`, _runner_sanitize_js__WEBPACK_IMPORTED_MODULE_3__/* .longestTitle */ .Df), message };
};


/***/ }),

/***/ 568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ outputsOf)
/* harmony export */ });
/* unused harmony export outputNames */
/* harmony import */ var _model_certificate_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(626);
/* harmony import */ var _model_result_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(484);
/* harmony import */ var _util_concurrency_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(467);
/* harmony import */ var _util_memo_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(140);
/* harmony import */ var _util_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(805);





const outputNames = (/* unused pure expression or super */ null && ([
    'outcome',
    'changed',
    'request-id',
    'error-code',
    'error-message',
    'cert-id',
    'not-after',
    'changed-hosts',
    'unchanged-hosts',
    'failed-hosts',
    'result',
]));
const outputsOf = (result) => {
    const { outcome, requestId, problem, hosts } = result;
    const reached = (0,_model_result_js__WEBPACK_IMPORTED_MODULE_1__/* .hostsIn */ .TE)(result, 'served', 'deployed', 'accepted', 'unchanged').length > 0;
    return {
        outcome,
        changed: String(hosts.some(({ writes }) => writes > 0)),
        'request-id': (0,_util_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(requestId ?? ''),
        'error-code': (0,_util_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(problem?.code ?? ''),
        'error-message': problem === undefined ? '' : (0,_util_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(problem.message) || 'The service gave no message.',
        'cert-id': reached && result.inputs?.mode === 'sslcert' ? (0,_util_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)((0,_model_result_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateText */ .V5)(result)) : '',
        'not-after': reached ? (iso(earliestExpiry(result)) ?? '') : '',
        'changed-hosts': JSON.stringify((0,_model_result_js__WEBPACK_IMPORTED_MODULE_1__/* .hostsIn */ .TE)(result, 'accepted', 'deployed', 'served')),
        'unchanged-hosts': JSON.stringify((0,_model_result_js__WEBPACK_IMPORTED_MODULE_1__/* .hostsIn */ .TE)(result, 'unchanged')),
        'failed-hosts': JSON.stringify((0,_model_result_js__WEBPACK_IMPORTED_MODULE_1__/* .hostsIn */ .TE)(result, ..._model_result_js__WEBPACK_IMPORTED_MODULE_1__/* .unreached */ .iq)),
        result: documentOf(result),
    };
};
const iso = (ms) => (ms === undefined ? undefined : new Date(ms).toISOString());
const earliestExpiry = ({ certificates, hosts }) => {
    const ids = new Set(certificates.map(({ id }) => id));
    const bound = [...new Set(hosts.map(({ after, step }) => (after ?? step?.before)?.certificates ?? []))].flat();
    const known = [...certificates, ...bound.filter(({ id }) => ids.has(id))].flatMap(({ notAfter }) => notAfter ?? []);
    return known.length === 0 ? undefined : (0,_model_certificate_js__WEBPACK_IMPORTED_MODULE_0__/* .earliest */ .Qd)(known);
};
const hostsAtOnce = 100;
function* documentOf(result) {
    yield `${JSON.stringify(headOf(result)).slice(0, -1)},"hosts":[`;
    for (const [i, some] of (0,_util_concurrency_js__WEBPACK_IMPORTED_MODULE_3__/* .lotsOf */ .Q)(result.hosts, hostsAtOnce).entries()) {
        yield (i === 0 ? '' : ',') + JSON.stringify(some.map(hostOf)).slice(1, -1);
    }
    yield ']}';
}
const headOf = (result) => {
    const { outcome, inputs, zoneId, certificates, requestId, problem, calls, warnings, notes } = result;
    return {
        outcome,
        requestId,
        site: inputs?.site,
        apiVersion: inputs?.apiVersion,
        zoneId: zoneId ?? inputs?.zoneId,
        mode: inputs?.mode,
        dryRun: inputs?.dryRun,
        waitFor: inputs?.waitFor,
        certificates: certificates.map(({ id, algorithm, sha256, names, notBefore, notAfter }) => ({
            id,
            algorithm,
            sha256,
            names,
            notBefore: iso(notBefore),
            notAfter: iso(notAfter),
        })),
        bound: otherCertificates(result).map(({ id, algorithm, type, notAfter }) => ({
            id,
            algorithm,
            type,
            notAfter: iso(notAfter),
        })),
        error: problem && {
            code: problem.code,
            message: problem.message,
            meaning: problem.explanation?.meaning,
            fix: problem.explanation?.fix,
            requestId: problem.requestId,
            findings: problem.findings.length === 0 ? undefined : problem.findings,
        },
        calls,
        warnings,
        notes,
    };
};
const hostOf = ({ host, state, step, after, requestId, problem }) => {
    const change = state === 'unchanged' ? undefined : step;
    return {
        host,
        state,
        before: step?.before && domainOf(step.before),
        action: change?.kind,
        reason: change?.reason,
        target: change && targetOf(change.setting),
        keeps: change && idsOf(change.keeps),
        replaces: change && idsOf(change.replaces),
        drops: change && dropsOf(change.drops),
        after: after && domainOf(after),
        requestId,
        error: problem && { code: problem.code, message: problem.message, requestId: problem.requestId },
    };
};
const domainOf = ({ status, mode, certificates }) => ({
    status,
    mode,
    certificates: certificatesOf(certificates),
});
const certificatesOf = (0,_util_memo_js__WEBPACK_IMPORTED_MODULE_4__/* .madeOnce */ .v)((list) => list.map(({ id, status }) => ({ id, status })));
const targetOf = (0,_util_memo_js__WEBPACK_IMPORTED_MODULE_4__/* .madeOnce */ .v)(({ mode, ids }) => ({ mode, certificates: ids }));
const idsOf = (0,_util_memo_js__WEBPACK_IMPORTED_MODULE_4__/* .madeOnce */ .v)((list) => (list.length === 0 ? undefined : list.map(({ id }) => id)));
const dropsOf = (0,_util_memo_js__WEBPACK_IMPORTED_MODULE_4__/* .madeOnce */ .v)((list) => list.length === 0 ? undefined : list.map(({ certificate, why }) => ({ id: certificate.id, why })));
const otherCertificates = ({ certificates, hosts }) => {
    const brought = new Set(certificates.map(({ id }) => id));
    const had = hosts.map(({ step }) => step?.before?.certificates ?? []);
    const have = hosts.map(({ after }) => after?.certificates ?? []);
    return (0,_model_certificate_js__WEBPACK_IMPORTED_MODULE_0__/* .distinct */ .dM)([...had, ...have]).filter(({ id }) => !brought.has(id));
};


/***/ }),

/***/ 938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ summaryOf)
});

// EXTERNAL MODULE: ./lib/model/result.js
var model_result = __nccwpck_require__(484);
// EXTERNAL MODULE: ./lib/tencent/endpoint.js
var endpoint = __nccwpck_require__(884);
// EXTERNAL MODULE: ./lib/util/text.js
var util_text = __nccwpck_require__(805);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __nccwpck_require__(573);
;// CONCATENATED MODULE: ./lib/report/rows.js

const within = (lines, bytes) => {
    let left = bytes;
    const end = lines.findIndex((line) => {
        left -= external_node_buffer_.Buffer.byteLength(line) + 1;
        return left < 0;
    });
    return end < 0 ? lines : lines.slice(0, end);
};
const rowOf = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const pieceLength = 16 * 1024;
function* table(head, items, cellsOf, bytes) {
    let piece = `${rowOf(head)}\n${rowOf(head.map(() => '---'))}`;
    let [shown, left] = [0, bytes];
    for (const item of items) {
        const line = `\n${rowOf(cellsOf(item, shown))}`;
        left -= external_node_buffer_.Buffer.byteLength(line);
        if (left < 0)
            break;
        piece += line;
        shown += 1;
        if (piece.length > pieceLength) {
            yield piece;
            piece = '';
        }
    }
    const more = items.length - shown;
    yield piece + (more > 0 ? `\n\n… and ${more} more, in the output \`result\`` : '');
}

// EXTERNAL MODULE: ./lib/report/words.js
var words = __nccwpck_require__(191);
;// CONCATENATED MODULE: ./lib/report/hosts.js




const hostBytes = 512 * 1024;
const urgency = [...model_result/* hostStates */.$j.filter((state) => state !== 'unchanged').toReversed(), 'unchanged'];
const hostTable = (result) => {
    const { hosts } = result;
    if (hosts.length === 0)
        return [];
    const sorted = urgency.flatMap((state) => hosts.filter((host) => host.state === state));
    const row = (host) => [
        (0,util_text/* code */.aY)(host.host),
        changeOf(host),
        words/* stateWords */.Xu[host.state],
        expiryOf(host, result.certificates),
        host.requestId === undefined ? '–' : (0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(host.requestId, 80)),
    ];
    return table(['Host', 'Before → after', 'State', 'Expires&nbsp;(UTC)', 'RequestId'], sorted, row, hostBytes);
};
const arrived = ['planned', 'served', 'deployed', 'accepted'];
const changeOf = ({ step, state, after }) => {
    if (step === undefined)
        return '–';
    const before = step.before === undefined
        ? '?'
        : settingOf(step.before.mode, step.before.certificates.map(({ id }) => id));
    if (arrived.includes(state))
        return `${before} → ${settingOf(step.setting.mode, step.setting.ids)}`;
    if (after === undefined || state === 'unchanged')
        return before;
    const now = settingOf(after.mode, after.certificates.map(({ id }) => id));
    return now === before ? before : `${before} → ${now}`;
};
const settingOf = (mode, ids) => {
    const shown = ids
        .slice(0, 4)
        .map((id) => (0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(id, 80)))
        .join(', ');
    if ((mode ?? 'sslcert') === 'sslcert')
        return shown === '' ? 'none' : shown;
    const word = (0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(mode ?? '', 80));
    return shown === '' ? word : `${word} (${shown})`;
};
const expiryOf = ({ after, step, state }, brought) => {
    const ids = step?.setting.ids ?? [];
    const has = (after ?? step?.before)?.certificates ?? [];
    const certificates = arrived.includes(state) && after === undefined ? [...has, ...brought].filter(({ id }) => ids.includes(id)) : has;
    const end = certificates.reduce((first, { notAfter = Infinity }) => Math.min(first, notAfter), Infinity);
    return end === Infinity ? '–' : (0,util_text/* day */.vd)(end);
};

// EXTERNAL MODULE: ./lib/model/certificate.js
var certificate = __nccwpck_require__(626);
;// CONCATENATED MODULE: ./lib/report/timeline.js


const most = 8;
const timeline = ({ outcome, certificates, hosts }, now) => {
    const steps = hosts.flatMap(({ step }) => step ?? []);
    const brought = new Set(certificates.map(({ id }) => id));
    const others = (lists) => (0,certificate/* distinct */.dM)(lists).filter(({ id }) => !brought.has(id));
    const dropped = [...new Set(steps.map(({ drops }) => drops))].map((all) => all.map(({ certificate }) => certificate));
    const kept = others(steps.map(({ keeps }) => keeps));
    const gone = others([...steps.map(({ replaces }) => replaces), ...dropped]);
    const sections = [
        [outcome === 'unchanged' ? 'Current' : 'New', certificates.flatMap((one) => barOf(one, one.notBefore, now))],
        ['Kept', kept.flatMap((one) => barOf(one, one.notBefore ?? one.deployed, now))],
        ['Replaced', gone.flatMap((one) => barOf(one, one.notBefore ?? one.deployed, now, 'done, '))],
    ];
    const lines = sections.flatMap(([title, bars]) => bars.length === 0 ? [] : [`  section ${title}`, ...bars.slice(0, most).map(barLine)]);
    if (lines.length === 0)
        return '';
    const shown = sections.flatMap(([, bars]) => bars.slice(0, most));
    const start = Math.min(...shown.map(({ from, until }) => from ?? until));
    const end = Math.max(...shown.map(({ until }) => until));
    const today = start <= now && now <= end;
    return [
        `Validity of the certificates${today ? '; the red line is today' : ''}:`,
        '',
        '```mermaid',
        'gantt',
        '  dateFormat YYYY-MM-DD',
        ...axis((end - start) / week),
        ...(today ? [] : ['  todayMarker off']),
        ...lines,
        '```',
    ].join('\n');
};
const week = 604_800_000;
const axis = (weeks) => {
    const months = [1, 2, 3, 4, 6, 12].find((n) => weeks / n < 20);
    const [format, interval] = weeks < 9
        ? ['%m-%d', `${weeks < 5 ? 1 : 2}week`]
        : ['%Y-%m', months === undefined ? `${Math.ceil(weeks / 4)}week` : `${months}month`];
    return [`  axisFormat ${format}`, `  tickInterval ${interval}`];
};
const barOf = ({ id, algorithm, notAfter }, from, now, tag = '') => {
    if (notAfter === undefined || !/^[\w-]{1,64}$/.test(id))
        return [];
    const label = `${algorithm ?? 'ID'} ${(0,util_text/* clip */.$Q)(id, 24)}`;
    return [
        {
            label,
            from: from !== undefined && from < notAfter ? from : undefined,
            until: notAfter,
            tag: notAfter <= now ? 'crit, ' : tag,
        },
    ];
};
const barLine = ({ label, from, until, tag }) => from === undefined
    ? `  ${label}, to ${(0,util_text/* day */.vd)(until)} : milestone, ${tag}${(0,util_text/* day */.vd)(until)}, 0d`
    : `  ${label} : ${tag}${(0,util_text/* day */.vd)(from)}, ${(0,util_text/* day */.vd)(until)}`;

;// CONCATENATED MODULE: ./lib/report/summary.js







const callBytes = 160 * 1024;
const findingBytes = 96 * 1024;
const warningBytes = 64 * 1024;
const mostFailures = 10;
const longest = 4000;
function* summaryOf(result, now) {
    const parts = [
        heading(result),
        lead(result),
        failures(result),
        hostTable(result),
        noteList(result),
        timeline(result, now),
        warnings(result),
        callTable(result),
        links(result),
    ];
    let before = '';
    for (const part of parts) {
        for (const piece of typeof part === 'string' ? [part] : part) {
            if (piece === '')
                continue;
            yield before + piece;
            before = '';
        }
        before = '\n\n';
    }
    yield '\n';
}
const heading = (result) => {
    const { outcome, hosts, problem, inputs } = result;
    const n = (...states) => (0,model_result/* hostsIn */.TE)(result, ...states).length;
    const already = n('unchanged') === 0 ? '' : `, ${n('unchanged')} had it already`;
    const what = inputs?.mode === 'sslcert' ? 'certificate' : (0,util_text/* code */.aY)(inputs?.mode ?? '');
    switch (outcome) {
        case 'changed':
            if (n('served') > 0)
                return `## ✅ EdgeOne ${what} deployed to ${(0,util_text/* count */.U9)(n('served'), 'host')}, and served${already}`;
            return n('accepted') > 0
                ? `## ✅ EdgeOne accepted the ${what} for ${(0,util_text/* count */.U9)(n('accepted', 'deployed'), 'host')}${already}`
                : `## ✅ EdgeOne ${what} deployed to ${(0,util_text/* count */.U9)(n('deployed'), 'host')}${already}`;
        case 'unchanged':
            return hosts.length === 0
                ? '## ✅ EdgeOne certificate: no hosts, nothing to do'
                : `## ✅ EdgeOne ${what} in place on ${(0,util_text/* count */.U9)(hosts.length, 'host')}, nothing to do`;
        case 'planned':
            return `## 📝 EdgeOne certificate, dry run: ${(0,util_text/* count */.U9)(n('planned'), 'host')} would be changed${already.replace('had', n('unchanged') === 1 ? 'has' : 'have')}`;
        case 'failed':
            if (n('adrift') > 0)
                return `## 🚨 ${(0,util_text/* count */.U9)(n('adrift'), 'host')} NOT rolled back: ${(0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(problem?.code ?? '', 200))}`;
            return `## ❌ EdgeOne certificate: ${(0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(problem?.code ?? '', 200))}`;
        case 'rolled-back':
            return `## ↩️ EdgeOne certificate rolled back on ${(0,util_text/* count */.U9)(n('rolled-back'), 'host')}: ${(0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(problem?.code ?? '', 200))}`;
        case 'cancelled':
            return '## ⏹️ EdgeOne certificate: cancelled';
        default:
            return outcome;
    }
};
const lead = (result) => {
    if (result.outcome === 'planned')
        return 'Nothing was changed. A run without `dry-run` would do what the table says.';
    if (result.outcome !== 'changed' || (0,model_result/* hostsIn */.TE)(result, 'accepted').length === 0)
        return '';
    const asked = result.inputs?.waitFor === 'accepted' ? ' This step did not wait for it (`wait-for: accepted`).' : '';
    return `It is being deployed now: until that ends, visitors may still see the previous certificate.${asked}`;
};
const failures = (result) => {
    const { problem, hosts } = result;
    if (problem === undefined)
        return '';
    const row = ({ input, seen, expected }) => [
        `**${(0,util_text/* prose */.CS)(input)}**`,
        (0,util_text/* prose */.CS)((0,util_text/* clip */.$Q)(seen, longest)),
        (0,util_text/* prose */.CS)((0,util_text/* clip */.$Q)(expected, longest)),
    ];
    const found = [...table(['Input', 'Seen', 'Expected'], problem.findings, row, findingBytes)].join('');
    const inputs = problem.findings.length === 0 ? '' : `${found}\n\n`;
    const others = [...Map.groupBy(hosts, (host) => host.problem?.code)].flatMap(([other, some]) => {
        const first = some[0]?.problem;
        if (other === undefined || other === problem.code || first === undefined)
            return [];
        const names = (0,util_text/* list */.p_)(some, 10, ({ host }) => host);
        return [
            `**Also ${(0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(other, 200))}**, ${(0,util_text/* count */.U9)(some.length, 'host')}: ${(0,util_text/* code */.aY)(names)}\n\n${problemLines(first).join('\n')}`,
        ];
    });
    const main = [...problemLines(problem, problem.findings.length > 0), `- **State:** ${(0,words/* stateLine */.qo)(result)}`].join('\n');
    const { paste } = problem;
    const text = paste === undefined ? [] : [`${paste.title}\n\n${(0,util_text/* fenced */.OF)((0,util_text/* clip */.$Q)(paste.text, longest), 'json')}`];
    return [inputs + main, ...text, ...others.slice(0, mostFailures)].join('\n\n');
};
const problemLines = ({ message, explanation, requestId }, told = false) => {
    const happened = message.trim() === '' ? 'The service gave no message.' : (0,util_text/* code */.aY)(message);
    return [
        told ? '' : `- **What happened:** ${happened}`,
        explanation ? `- **Cause:** ${explanation.meaning}` : '',
        explanation ? `- **What to do:** ${explanation.fix}` : '',
        requestId === undefined ? '' : `- **RequestId:** ${(0,util_text/* code */.aY)(requestId)}`,
    ].filter((line) => line !== '');
};
const noteList = ({ notes }) => within(notes.map((note) => `- ${(0,util_text/* prose */.CS)((0,util_text/* clip */.$Q)(note, longest))}`), warningBytes).join('\n');
const warnings = (result) => {
    const all = result.warnings.filter((warning) => (0,util_text/* oneLine */.TN)(warning) !== '');
    if (all.length === 0)
        return '';
    const lines = within(all.map((warning) => `> - ${(0,util_text/* prose */.CS)((0,util_text/* clip */.$Q)(warning, longest))}`), warningBytes);
    const more = all.length > lines.length ? [`> - … and ${all.length - lines.length} more`] : [];
    return ['> [!WARNING]', ...lines, ...more].join('\n');
};
const callTable = ({ calls }) => {
    if (calls.length === 0)
        return '';
    const row = ({ action, outcome, requestId }, i) => [
        String(i + 1),
        (0,util_text/* code */.aY)(action),
        (0,util_text/* code */.aY)(outcome),
        (0,util_text/* code */.aY)(requestId ?? ''),
    ];
    const body = [...table(['#', 'Action', 'Answer', 'RequestId'], calls, row, callBytes)].join('');
    return `<details><summary>API calls (${calls.length})</summary>\n\n${body}\n\n</details>`;
};
const links = ({ inputs, zoneId }) => {
    if (inputs === undefined)
        return '';
    const { console: base, name } = endpoint/* sites */.fy[inputs.site];
    const site = zoneId ?? inputs.zoneId ?? inputs.zoneName ?? '';
    return `Site ${(0,util_text/* code */.aY)(site)} (${name}), API ${inputs.apiVersion} · [EdgeOne console](${base}/edgeone) · [SSL certificates](${base}/ssl)`;
};


/***/ }),

/***/ 191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Pn: () => (/* binding */ hostLine),
/* harmony export */   Xu: () => (/* binding */ stateWords),
/* harmony export */   qo: () => (/* binding */ stateLine)
/* harmony export */ });
/* harmony import */ var _model_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(484);
/* harmony import */ var _util_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(805);


const stateWords = {
    planned: 'would be changed',
    unchanged: 'has it already',
    served: 'deployed and served',
    deployed: 'deployed',
    accepted: 'accepted, deploying',
    'rolled-back': 'rolled back',
    unserved: 'deployed, but not served',
    late: 'accepted, not deployed in time',
    failed: 'accepted, then failed',
    refused: 'refused',
    waiting: 'not tried: was still being deployed',
    blocked: 'not tried: cannot be done',
    unknown: 'unknown: sent, no answer',
    untouched: 'untouched',
    adrift: 'NOT ROLLED BACK',
};
const hostLine = (result) => {
    const failed = (0,_model_result_js__WEBPACK_IMPORTED_MODULE_0__/* .hostsIn */ .TE)(result, ..._model_result_js__WEBPACK_IMPORTED_MODULE_0__/* .unreached */ .iq);
    return failed.length === 0 ? '' : `${(0,_util_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(failed.length, 'host')} not done: ${(0,_util_text_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(failed, 10)}.`;
};
const stateLine = (result) => {
    if (result.problem === undefined)
        return '';
    const counts = _model_result_js__WEBPACK_IMPORTED_MODULE_0__/* .hostStates */ .$j.flatMap((state) => {
        const n = (0,_model_result_js__WEBPACK_IMPORTED_MODULE_0__/* .hostsIn */ .TE)(result, state).length;
        return n === 0 ? [] : [`${n} ${stateWords[state]}`];
    });
    const has = (state) => (0,_model_result_js__WEBPACK_IMPORTED_MODULE_0__/* .hostsIn */ .TE)(result, state).length > 0;
    const parts = [
        counts.length === 0 ? '' : `Hosts: ${counts.join('; ')}.`,
        has('unknown') ? 'A call was sent and its answer did not come: EdgeOne may have applied the change.' : '',
        result.hosts.every(({ writes, state }) => writes === 0 && state !== 'unknown') ? 'This step changed nothing.' : '',
        'Running it again is safe.',
    ];
    return parts.filter((part) => part !== '').join(' ');
};


/***/ }),

/***/ 157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/model/problem.js
var model_problem = __nccwpck_require__(246);
;// CONCATENATED MODULE: ./lib/util/json.js
const isFields = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value) => (isFields(value) ? value : {});
const jsonOf = (text) => {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
};
const listOf = (value) => (Array.isArray(value) ? value.filter(isFields) : []);
const textsOf = (value) => Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
const textOf = (value) => typeof value === 'string' && value !== '' ? value : undefined;
const numberOf = (value) => (Number.isFinite(value) ? Number(value) : undefined);
const timeOf = (value) => {
    const text = textOf(value)?.trim() ?? '';
    if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text))
        return undefined;
    const zone = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? '' : /^\d{4}-\d\d-\d\d \d/.test(text) ? '+08:00' : 'Z';
    const time = Date.parse(text.replace(' ', 'T') + zone);
    return time > 0 ? time : undefined;
};

;// CONCATENATED MODULE: ./lib/tencent/sts.js


const stsApi = (action, more = {}) => ({
    service: 'sts',
    version: '2018-08-13',
    action,
    perSecond: 20,
    hasRegion: true,
    ...more,
});
const roleFields = ({ arn, session, seconds }) => ({
    RoleArn: arn,
    RoleSessionName: session,
    DurationSeconds: seconds,
});
const assumeRoleWithWebIdentity = async (call, provider, role, token) => {
    const api = stsApi('AssumeRoleWithWebIdentity', { anonymous: true });
    const fresh = async () => ({ WebIdentityToken: await token() });
    return call(api, { ProviderId: provider, ...roleFields(role) }, keyIn, fresh);
};
const assumeRole = (call, role) => call(stsApi('AssumeRole'), roleFields(role), keyIn);
const keyIn = ({ response, requestId }) => {
    const given = fieldsOf(response['Credentials']);
    const [secretId, secretKey, token] = [
        textOf(given['TmpSecretId']),
        textOf(given['TmpSecretKey']),
        textOf(given['Token']),
    ];
    const seconds = numberOf(response['ExpiredTime']);
    if (secretId === undefined || secretKey === undefined || token === undefined || seconds === undefined) {
        throw (0,model_problem/* ownProblem */.O3)('Network.Response', {
            message: 'The answer of STS has no whole temporary key',
            requestId,
            sent: 'refused',
        });
    }
    return { credential: { secretId, secretKey, token }, expires: seconds * 1000 };
};
const readCaller = (call) => call(stsApi('GetCallerIdentity'), {}, ({ response }) => ({
    account: textOf(response['AccountId']) ?? '',
    arn: textOf(response['Arn']) ?? '',
}));

;// CONCATENATED MODULE: ./lib/credentials/keys.js
const keyVariables = {
    'secret-id': ['TENCENTCLOUD_SECRET_ID'],
    'secret-key': ['TENCENTCLOUD_SECRET_KEY'],
    'session-token': ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_SECURITY_TOKEN', 'TENCENTCLOUD_TOKEN'],
};
const fixedKey = (credential) => async () => credential;

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __nccwpck_require__(573);
;// CONCATENATED MODULE: ./lib/credentials/oidc.js



const claims = {
    iss: 'the URL of the identity provider in CAM to be this (oidc:iss)',
    sub: 'the trust policy of the role to name this (oidc:sub)',
    aud: 'this among the client IDs of the provider, and in the trust policy (oidc:aud)',
    repository: 'nothing: for comparison',
    ref: 'nothing: for comparison',
    environment: 'nothing: for comparison',
    job_workflow_ref: 'nothing: for comparison',
};
const claimsIn = (token) => {
    const fields = fieldsOf(jsonOf(external_node_buffer_.Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
    return Object.fromEntries(Object.keys(claims).flatMap((name) => {
        const value = textOf(fields[name]);
        return value === undefined ? [] : [[name, value]];
    }));
};
const trustPolicy = (provider, account, { iss, sub, aud }) => {
    const federated = [`qcs::cam::uin/${account}:oidc-provider/${provider}`];
    const string_equal = { 'oidc:iss': [iss ?? ''], 'oidc:aud': [aud ?? ''], 'oidc:sub': [sub ?? ''] };
    const action = ['name/sts:AssumeRoleWithWebIdentity'];
    const statement = [{ effect: 'allow', action, principal: { federated }, condition: { string_equal } }];
    return JSON.stringify({ version: '2.0', statement }, undefined, 2);
};
const withClaims = (problem, token, provider, roleArn) => {
    const found = claimsIn(token);
    const findings = Object.entries(claims).flatMap(([name, expected]) => {
        const seen = found[name];
        return seen === undefined ? [] : [{ input: `token: ${name}`, seen, expected }];
    });
    const account = /^qcs::cam::uin\/(\d+):/.exec(roleArn)?.[1] ?? '<UIN>';
    const newer = /^repo:[^/]*@\d+\//.test(found.sub ?? '')
        ? ' The subject has the form with numbers, which GitHub gives to repositories that were made, renamed or moved since July 2026.'
        : '';
    return (0,model_problem/* altered */.Wn)(problem, {
        findings,
        paste: {
            title: `Trust policy of the role that would let this job in.${newer}`,
            text: trustPolicy(provider, account, found),
        },
    });
};

;// CONCATENATED MODULE: ./lib/credentials/role.js
const reserve = 5 * 60_000;
const renewed = (fetch, clock) => {
    let current;
    let fetching;
    const renew = async (signal) => {
        try {
            const { credential, expires } = await fetch(signal);
            const life = expires - clock.now();
            current = { credential, renewAt: expires - Math.min(reserve, Math.max(0, life) / 10) };
            return credential;
        }
        finally {
            fetching = undefined;
        }
    };
    return (signal) => {
        if (current !== undefined && clock.now() < current.renewAt)
            return Promise.resolve(current.credential);
        fetching ??= renew(signal);
        return fetching;
    };
};

;// CONCATENATED MODULE: ./lib/credentials/index.js





const keyFor = (access, options) => {
    const { sts, idToken, clock, mask } = options;
    const masked = (key) => {
        for (const secret of Object.values(key.credential))
            if (typeof secret === 'string')
                mask(secret);
        return key;
    };
    switch (access.kind) {
        case 'key':
            return fixedKey(access.key);
        case 'role':
            return renewed(async (signal) => masked(await assumeRole(sts(access.key)(signal), access.role)), clock);
        case 'oidc': {
            const { provider, audience, role } = access;
            return renewed(async (signal) => {
                let last = '';
                const token = async () => {
                    last = await idToken(audience, signal);
                    mask(last);
                    return last;
                };
                try {
                    return masked(await assumeRoleWithWebIdentity(sts(undefined)(signal), provider, role, token));
                }
                catch (thrown) {
                    const problem = (0,model_problem/* toProblem */.H8)(thrown);
                    if (last === '' || problem.sent !== 'refused')
                        throw problem;
                    throw withClaims(problem, last, provider, role.arn);
                }
            }, clock);
        }
        default:
            return access;
    }
};

// EXTERNAL MODULE: ./lib/util/memo.js
var memo = __nccwpck_require__(140);
;// CONCATENATED MODULE: ./lib/plan/compare.js
const given = (status) => {
    switch (status) {
        case undefined:
        case 'deployed':
            return 'deployed';
        case 'issued':
        case 'failed':
            return 'failed';
        default:
            return 'deploying';
    }
};
const standing = (setting, domain) => {
    if (!has(setting, domain))
        return 'other';
    if (domain.status === 'process')
        return 'deploying';
    let all = 'deployed';
    for (const { status } of domain.certificates) {
        const one = given(status);
        if (one === 'failed')
            return 'failed';
        if (one === 'deploying')
            all = one;
    }
    return all;
};
const has = ({ mode, ids }, domain) => {
    const own = domain.certificates;
    switch (mode) {
        case 'sslcert':
            return (domain.mode === undefined || domain.mode === mode) && sameIds(ids, own);
        case 'default':
            return own.length > 0 && own.every(({ type }) => type === 'default');
        case 'disable':
            return domain.mode === mode;
        case 'eofreecert':
        case 'eofreecert_manual':
            return domain.mode === mode && own.length > 0;
        default:
            return mode;
    }
};
const few = 8;
const sameIds = (ids, bound) => {
    if (bound.length === 0)
        return false;
    if (ids.length <= few && bound.length <= few) {
        return bound.every(({ id }) => ids.includes(id)) && ids.every((id) => bound.some((one) => one.id === id));
    }
    const [wanted, had] = [new Set(ids), new Set(bound.map(({ id }) => id))];
    return wanted.size === had.size && wanted.isSubsetOf(had);
};
const asleep = {
    offline: 'is disabled (offline)',
    forbidden: 'is banned (forbidden)',
    init: 'is not in effect yet (init): its site is not activated',
};
const asleepAs = ({ status }) => status !== undefined && Object.hasOwn(asleep, status) ? asleep[status] : undefined;
const seenAs = (domain) => {
    if (domain === undefined)
        return 'not in the answer of the service';
    const certificates = domain.certificates.map(({ id, status }) => (status === undefined ? id : `${id} ${status}`));
    const having = certificates.length === 0 ? `no certificate${domain.mode ? ` (${domain.mode})` : ''}` : certificates.join(', ');
    return domain.status === undefined ? having : `${domain.status}, with ${having}`;
};

;// CONCATENATED MODULE: ./lib/plan/plan.js



const planHost = (wish, host, domain) => planner(wish)(host, domain);
const planner = (wish) => {
    const byMode = new Map();
    const fateFor = ({ mode, certificates }) => {
        const fate = byMode.get(mode) ?? (0,memo/* madeOnce */.v)((list) => fateOf(wish, { mode, certificates: list }));
        byMode.set(mode, fate);
        return fate(certificates);
    };
    return (host, domain) => {
        if (domain !== undefined)
            return stepFor(domain, fateFor(domain));
        const fate = { setting: wish.setting, keeps: [], replaces: [], drops: [] };
        return { ...fate, kind: 'bind', host, before: undefined, reason: 'what it has cannot be read' };
    };
};
const stepFor = (domain, fate) => {
    const { host } = domain;
    const asleep = asleepAs(domain);
    if (asleep !== undefined) {
        const problem = (0,model_problem/* ownProblem */.O3)('Input.HostNotOnline', { message: `${host} ${asleep}` });
        return { ...stepOf('refuse', asleep, domain, fate), problem };
    }
    if (fate.unclear !== undefined) {
        const problem = (0,model_problem/* ownProblem */.O3)('Certificate.AlgorithmUnknown', { message: `${host}: ${fate.unclear}` });
        return { ...stepOf('refuse', fate.unclear, domain, fate), problem };
    }
    switch (standing(fate.setting, domain)) {
        case 'deployed':
            return stepOf('unchanged', 'has it already', domain, fate);
        case 'deploying':
            return stepOf('unchanged', 'has it already, being deployed', domain, fate);
        case 'failed':
            return stepOf('bind', 'has it, but its deployment failed', domain, fate);
        case 'other':
            if (domain.status === 'process')
                return stepOf('wait', 'an earlier change is being deployed', domain, fate);
            return stepOf('bind', reasonOf(fate, domain), domain, fate);
    }
};
const stepOf = (kind, reason, domain, { setting, keeps, replaces, drops }) => ({ kind, host: domain.host, before: domain, reason, setting, keeps, replaces, drops });
const reasonOf = ({ setting, replaces }, domain) => {
    if (setting.mode !== 'sslcert' || (domain.mode ?? 'sslcert') !== 'sslcert')
        return domain.mode === undefined ? 'has another certificate' : `was ${domain.mode}`;
    if (domain.certificates.length === 0)
        return 'has no certificate';
    return replaces.length > 0 ? 'has another certificate' : 'lacks the certificate';
};
const fateOf = (wish, domain) => {
    const { setting, keepOther, known, now } = wish;
    const base = { setting, keeps: [], replaces: [], drops: [] };
    if (setting.mode !== 'sslcert' && has(setting, domain))
        return base;
    const present = domain.certificates.filter(({ id }) => !setting.ids.includes(id)).map((one) => informed(one, known));
    const because = (why) => (certificate) => ({ certificate, why });
    if (setting.mode !== 'sslcert' || (domain.mode ?? 'sslcert') !== 'sslcert') {
        return { ...base, drops: present.map(because('mode')) };
    }
    const algorithmOf = (id) => known.get(id)?.algorithm ?? domain.certificates.find((one) => one.id === id)?.algorithm;
    const brought = setting.ids.map(algorithmOf);
    const isBrought = ({ algorithm }) => algorithm !== undefined && brought.includes(algorithm);
    const replaces = present.filter(isBrought);
    const others = present.filter((one) => !isBrought(one));
    const dead = others.flatMap((one) => {
        if (one.type === 'default')
            return [because('default')(one)];
        return (one.notAfter ?? Infinity) <= now ? [because('expired')(one)] : [];
    });
    const live = others.filter((one) => !dead.some(({ certificate }) => certificate === one));
    if (!keepOther)
        return { ...base, replaces, drops: [...dead, ...live.map(because('not kept'))] };
    const news = setting.ids.filter((id) => !domain.certificates.some((one) => one.id === id)).map(algorithmOf);
    const unmatched = news.filter((algorithm) => !replaces.some((one) => one.algorithm === algorithm));
    const doubtful = unmatched.length === 0
        ? []
        : live.filter(({ algorithm }) => algorithm === undefined || unmatched.includes(undefined));
    const untold = doubtful.filter(({ algorithm }) => algorithm === undefined).length;
    const blind = unmatched.filter((algorithm) => algorithm === undefined).length;
    if (doubtful.length > blind + Math.min(unmatched.length - blind, untold)) {
        const names = doubtful.map(({ id }) => id).join(', ');
        return { ...base, unclear: `which of ${names} the new certificate replaces is not known, for want of an algorithm` };
    }
    const keeps = live.filter((one) => !doubtful.includes(one));
    const ids = [...setting.ids, ...keeps.map(({ id }) => id)];
    return {
        setting: keeps.length === 0 ? setting : { mode: 'sslcert', ids },
        keeps,
        replaces,
        drops: [...dead, ...doubtful.map(because('unknown algorithm'))],
    };
};
const informed = (bound, known) => {
    const more = known.get(bound.id);
    if (more === undefined)
        return bound;
    return { ...bound, algorithm: bound.algorithm ?? more.algorithm, notAfter: bound.notAfter ?? more.notAfter };
};

// EXTERNAL MODULE: ./lib/util/text.js
var util_text = __nccwpck_require__(805);
;// CONCATENATED MODULE: ./lib/tencent/teo.js
const apiVersions = ['2022-09-01', '2022-01-06'];
const modes = ['sslcert', 'eofreecert', 'eofreecert_manual', 'disable'];
const teoApi = (version, action) => ({ service: 'teo', version, action, perSecond: 20 });
const modifyHostsCertificate = (version, { zoneId, hosts, setting: { mode, ids } }) => {
    const api = teoApi(version, 'ModifyHostsCertificate');
    const target = { ZoneId: zoneId, Hosts: hosts };
    const info = ids.map((CertId) => ({ CertId }));
    if (hosts.length === 0)
        throw new TypeError('a binding needs hosts');
    if ((mode === 'sslcert') !== ids.length > 0)
        throw new TypeError(`mode ${mode} with ${ids.length} certificates`);
    switch (version) {
        case '2022-09-01':
            if (mode === 'default')
                throw new TypeError('2022-09-01 binds certificates by ID only');
            return { api, body: { ...target, Mode: mode, ...(mode === 'sslcert' ? { ServerCertInfo: info } : {}) } };
        case '2022-01-06':
            if (mode === 'default')
                return { api, body: target };
            if (mode !== 'sslcert')
                throw new TypeError('2022-01-06 knows no modes');
            return { api, body: { ...target, CertInfo: info } };
        default:
            return version;
    }
};

;// CONCATENATED MODULE: ./lib/tencent/faults.js

const healing = {
    'RequestLimitExceeded*': 'the account, or its address, sent too many requests this second',
    'LimitExceeded.RateLimitExceeded': 'EdgeOne got too many requests this second',
    'InvalidParameter.ActionInProgress': 'an earlier change of the site is still being carried out',
    ResourceInUse: 'the resource is busy with an earlier change',
    'InternalError*': 'the service had a fault of its own',
    ServiceUnavailable: 'the service is down for the moment',
    'Network.Connect': 'the network, or the service behind it, was away for a moment',
    'Network.Reset': 'the connection broke; the call sets a whole state, so sending it again is safe',
    'Network.Timeout': 'no answer came; the call sets a whole state, so sending it again is safe',
    'Network.Response': 'the answer was cut off or garbled on its way',
};
const lasting = {
    'InternalError.ConfigLocked': 'somebody locked the configuration, and somebody must unlock it',
    'InternalError.GetRoleError': 'the role that EdgeOne needs was not granted, which no waiting grants',
};
const everyHost = [
    'Network*',
    'Run*',
    'AuthFailure*',
    'UnauthorizedOperation*',
    'RequestLimitExceeded*',
    'LimitExceeded*',
    'InternalError*',
    'ServiceUnavailable',
    'ActionOffline',
    'IpInBlacklist',
    'IpNotInWhitelist',
    'InvalidAction',
    'InvalidRequest',
    'MissingParameter',
    'NoSuchProduct',
    'NoSuchVersion',
    'UnknownParameter',
    'UnsupportedOperation',
    'UnsupportedProtocol',
    'UnsupportedRegion',
    'FailedOperation.InvalidZoneStatus',
    'InvalidParameter.ZoneIsGrayPublishing',
    'InvalidParameterValue.ZoneNotFound',
    'OperationDenied.ConfigLocked',
    'OperationDenied.DisableZoneNotCompleted',
    'OperationDenied.ErrZoneIsAlreadyPaused',
    'OperationDenied.VersionControlIsGraying',
    'ResourceUnavailable.ZoneNotFound',
];
const everyBearer = [
    'FailedOperation.CertificateHasExpired',
    'FailedOperation.CertificateNotFound',
    'InvalidParameter.CertToExpire',
    'InvalidParameter.CertTooShortKeySize',
    'InvalidParameter.InvalidCertInfo',
    'OperationDenied.CertificatePrivateKeyIsEmpty',
    'ResourceUnavailable.CertNotFound',
];
const concernsCertificate = ({ code }) => everyBearer.includes(code);
const concernsAll = ({ code, cause }) => [code, ...families(code)].some((key) => everyHost.includes(key)) ||
    (cause instanceof model_problem/* Problem */.AF && cause.code === 'Network.Deadline');
const isForbidden = ({ code }) => /^(AuthFailure\.)?UnauthorizedOperation(\.(?!Unknown$)|$)/.test(code) ||
    /^FailedOperation\.(AuthError|CAMAuthorizedFail|NoProjectPermission)$/.test(code);
const concernsTogether = ({ code }) => /^OperationDenied\.(Hosts\w*Inconsistency|KeylessCertSwitchToFreeCertConflict)$/.test(code);
const isDeploying = (problem) => /^OperationDenied(\.|$)/.test(problem.code) &&
    !concernsAll(problem) &&
    /部署中|deploy|当前域名状态|domain status/i.test(problem.message);
const whyRetry = (problem) => {
    const { code, message } = problem;
    if (Object.hasOwn(lasting, code))
        return undefined;
    if (code === 'FailedOperation.ModifyFailed' && message.trim() === '')
        return 'EdgeOne refused without a reason, which passes (seen right after an upload)';
    if (code === 'Network.HttpStatus' && /^HTTP (5\d\d|429)\b/.test(message))
        return 'a gateway in between had a fault';
    for (const key of [code, ...families(code)])
        if (Object.hasOwn(healing, key))
            return healing[key];
    return undefined;
};
const families = (code) => {
    const parts = code.split('.');
    return parts.map((_, i) => `${parts.slice(0, parts.length - i).join('.')}*`);
};

// EXTERNAL MODULE: ./lib/util/concurrency.js
var concurrency = __nccwpck_require__(467);
;// CONCATENATED MODULE: ./lib/deploy/batches.js




const mostHosts = 100;
const width = 32;
const apply = async (changes, options) => {
    const lots = groups(changes).flatMap((group) => inLots(group, mostHosts));
    for (const lot of lots.filter(({ length }) => length > 1))
        await applyLot(lot, options);
    const single = lots.filter(({ length }) => length === 1);
    await (0,concurrency/* inParallel */.H)(single, width, (lot) => applyLot(lot, options));
};
const groups = (changes) => {
    const keyOf = (0,memo/* madeOnce */.v)(({ mode, ids }) => JSON.stringify([mode, ids.toSorted()]));
    const byMutual = Map.groupBy(changes, ({ before }) => before?.mutual ?? '');
    return [...byMutual.values()].flatMap((some) => [...Map.groupBy(some, ({ setting }) => keyOf(setting)).values()]);
};
const inLots = (changes, size) => (0,concurrency/* lotsOf */.Q)(changes, size).filter((lot) => lot.length > 0);
const applyLot = async (lot, options) => {
    try {
        options.accepted(lot, await options.bind(lot));
    }
    catch (thrown) {
        const problem = (0,model_problem/* toProblem */.H8)(thrown);
        const aboutCertificate = concernsCertificate(problem);
        if (concernsAll(problem) || (aboutCertificate && lot.every(({ keeps }) => keeps.length === 0))) {
            options.failed(lot, problem);
            throw problem;
        }
        if (lot.length === 1 || aboutCertificate)
            return options.failed(lot, problem);
        const half = Math.ceil(lot.length / 2);
        if (concernsTogether(problem))
            await (0,concurrency/* inParallel */.H)(lot, width, (change) => applyLot([change], options));
        else
            for (const part of inLots(lot, half))
                await applyLot(part, options);
    }
};

;// CONCATENATED MODULE: ./lib/deploy/ledger.js



const openLedger = (steps) => {
    const ledger = new Map();
    for (const step of steps)
        ledger.set(step.host, entryOf(step));
    return ledger;
};
const entryOf = (step) => ({
    host: step.host,
    state: beginning[step.kind],
    step,
    after: undefined,
    requestId: undefined,
    problem: step.kind === 'refuse' ? step.problem : undefined,
    writes: 0,
    inDoubt: false,
    still: 0,
    lastReading: -1,
});
const beginning = { bind: 'untouched', wait: 'waiting', unchanged: 'unchanged', refuse: 'blocked' };
const noteAccepted = (ledger, changes, requestId) => {
    for (const { host } of changes) {
        const entry = ledger.get(host);
        if (entry === undefined)
            continue;
        Object.assign(entry, { state: 'accepted', requestId, problem: undefined, writes: entry.writes + 1, still: 0 });
    }
};
const noteFailed = (ledger, changes, problem) => {
    const first = { never: 'untouched', refused: 'refused', unknown: 'unknown' };
    const later = { never: 'accepted', refused: 'failed', unknown: 'accepted' };
    for (const { host } of changes) {
        const entry = ledger.get(host);
        if (entry === undefined)
            continue;
        if (problem.sent === 'unknown')
            entry.inDoubt = true;
        if (isDeploying(problem))
            Object.assign(entry, { state: 'waiting', requestId: problem.requestId, problem });
        else
            Object.assign(entry, {
                state: (entry.writes > 0 ? later : first)[problem.sent],
                requestId: problem.requestId,
                problem,
            });
    }
};
const ledgerProblem = (ledger) => {
    const problems = [...ledger.values()].map(({ problem }) => problem).filter((problem) => problem !== undefined);
    const byCode = Map.groupBy(problems, ({ code }) => code);
    const [common = []] = [...byCode.values()].toSorted((a, b) => b.length - a.length);
    const most = byCode.get('Verify.RollbackFailed') ?? common;
    const different = [...new Set(most)];
    const [first] = different;
    if (first === undefined || different.length === 1)
        return first;
    const { code, explanation, findings, sent } = first;
    const message = (0,util_text/* list */.p_)([...new Set(different.map((problem) => problem.message))], 5);
    const requestId = different.findLast((problem) => problem.requestId !== undefined)?.requestId;
    return new model_problem/* Problem */.AF({ code, message, explanation, requestId, findings, sent });
};

;// CONCATENATED MODULE: ./lib/deploy/wait.js



const pauseBefore = (reading) => Math.min(10_000, 1000 * 2 ** reading);
const patience = 3;
const mostWrites = 3;
const lineEvery = 6000;
const settle = async (ledger, options) => {
    const { clock, signal } = options;
    const isOpen = openness(options.until);
    const watched = [...ledger.values()].filter(isOpen);
    const start = clock.now();
    const line = { text: '', at: start };
    for (let reading = 0;; reading++) {
        const open = watched.filter(isOpen);
        const failed = watched.filter((entry) => entry.problem !== undefined && !isOpen(entry)).length;
        const done = `${watched.length - open.length - failed}/${(0,util_text/* count */.U9)(watched.length, 'host')} ${options.until}`;
        const text = failed === 0 ? done : `${done}, ${failed} failed`;
        if (watched.length > 0 && (text !== line.text || clock.now() - line.at >= lineEvery)) {
            Object.assign(line, { text, at: clock.now() });
            const left = (0,util_text/* duration */.p0)(options.deadline - clock.now());
            options.info(`${text}, ${(0,util_text/* duration */.p0)(clock.now() - start)} elapsed, ${left} left`);
        }
        if (open.length === 0)
            return;
        await clock.sleep(pauseBefore(reading), signal);
        const again = options.read === undefined ? open.flatMap(blindly) : await lookAt(ledger, open, reading, options.read, options);
        if (again.length > 0)
            await options.apply(again);
    }
};
const blindly = ({ step }) => (step.kind === 'refuse' ? [] : [step]);
const lookAt = async (ledger, open, reading, read, options) => {
    const isOpen = openness(options.until);
    const stateOf = sharer();
    const changes = [];
    const see = (domain) => {
        const entry = ledger.get(domain.host);
        if (entry === undefined || !isOpen(entry) || entry.lastReading === reading)
            return;
        entry.lastReading = reading;
        entry.after = stateOf(domain);
        const change = look(entry, domain, options);
        if (change !== undefined)
            changes.push(change);
    };
    await read(open.map(({ host }) => host), see);
    return changes.sort((a, b) => (a.host < b.host ? -1 : 1));
};
const sharer = () => {
    let last;
    return ({ status, mode, certificates, mutual, cname }) => {
        const isSame = last?.status === status &&
            last?.mode === mode &&
            last?.certificates === certificates &&
            last?.mutual === mutual &&
            last?.cname === cname;
        if (last === undefined || !isSame)
            last = { status, mode, certificates, mutual, cname };
        return last;
    };
};
const openness = (until) => ({ state, step, after }) => {
    if (state === 'waiting')
        return true;
    if (until === 'accepted')
        return false;
    if (state === 'accepted')
        return true;
    const domain = after ?? step.before;
    return state === 'unchanged' && domain !== undefined && standing(step.setting, domain) !== 'deployed';
};
const isSettled = (ledger, until) => ![...ledger.values()].some(openness(until));
const look = (entry, domain, options) => {
    const { host } = entry;
    const asleep = asleepAs(domain);
    if (asleep !== undefined) {
        const problem = (0,model_problem/* ownProblem */.O3)('Verify.HostNotOnline', {
            message: `${host} ${asleep} by now`,
            requestId: entry.requestId,
        });
        return void Object.assign(entry, { state: entry.writes > 0 ? 'failed' : 'blocked', problem });
    }
    if (entry.state === 'waiting')
        return domain.status === 'process' ? undefined : replan(entry, domain, options);
    switch (standing(entry.step.setting, domain)) {
        case 'deployed':
            if (entry.state === 'accepted')
                entry.state = 'deployed';
            entry.problem = undefined;
            return undefined;
        case 'deploying':
            entry.still = 0;
            return undefined;
        case 'failed': {
            if (entry.writes === 0)
                return replan(entry, domain, options);
            const bindingFailed = domain.certificates.some(({ status }) => status === 'issued');
            const code = bindingFailed ? 'Verify.BindingFailed' : 'Verify.ApplicationFailed';
            const problem = (0,model_problem/* ownProblem */.O3)(code, { message: `${host} is ${seenAs(domain)}`, requestId: entry.requestId });
            return void Object.assign(entry, { state: 'failed', problem });
        }
        case 'other': {
            if (domain.status === 'process')
                return undefined;
            if (entry.writes === 0)
                return replan(entry, domain, options);
            entry.still += 1;
            if (entry.still < patience || entry.writes >= mostWrites)
                return undefined;
            options.info(`${host} did not take the change (${seenAs(domain)}): sending it again.`);
            return replan(entry, domain, options);
        }
    }
};
const replan = (entry, domain, { plan }) => {
    const step = plan(domain);
    if (step.kind === 'bind') {
        const { before, replaces, drops } = entry.step;
        entry.still = 0;
        entry.step = entry.writes === 0 ? step : { ...step, before, replaces, drops };
        return entry.step;
    }
    if (step.kind === 'unchanged') {
        const ours = entry.inDoubt || entry.writes > 0;
        entry.step = ours ? { ...entry.step, setting: step.setting } : step;
        Object.assign(entry, {
            state: ours ? 'accepted' : 'unchanged',
            problem: undefined,
            writes: ours ? Math.max(entry.writes, 1) : 0,
        });
    }
    else if (step.kind === 'refuse')
        Object.assign(entry, { step, state: 'blocked', problem: step.problem });
    return undefined;
};
const noteLate = (ledger, until) => {
    const isOpen = openness(until);
    for (const entry of ledger.values()) {
        if (!isOpen(entry))
            continue;
        const { host, requestId, after, step } = entry;
        const seen = seenAs(after ?? step.before);
        if (entry.state === 'waiting' && entry.writes === 0) {
            if (entry.inDoubt)
                entry.state = 'unknown';
            entry.problem ??= (0,model_problem/* ownProblem */.O3)('Verify.HostBusy', {
                message: `When the deadline came, ${host} was still ${seen}`,
                requestId,
            });
        }
        else {
            const taken = entry.writes >= mostWrites && entry.still > 0;
            const was = `When the deadline came, ${host} was ${seen}`;
            const message = taken ? `${was}, after EdgeOne took ${mostWrites} calls for it` : was;
            const problem = (0,model_problem/* ownProblem */.O3)(taken ? 'Verify.NotTaken' : 'Verify.NotDeployed', { message, requestId });
            Object.assign(entry, { state: 'late', problem });
        }
    }
};

;// CONCATENATED MODULE: ./lib/deploy/deploy.js






const deploy = async (ledger, options) => {
    const { apiVersion, zoneId, reader } = options;
    const { call, log, clock, signal, deadline, plan } = options;
    const bind = async (changes) => {
        const hosts = changes.map(({ host }) => host);
        const { api, body } = modifyHostsCertificate(apiVersion, { zoneId, hosts, setting: changes[0].setting });
        log.info(`${api.action} for ${(0,util_text/* count */.U9)(hosts.length, 'host')}: ${JSON.stringify(body)}`);
        try {
            const requestId = await call(api, body, (answer) => answer.requestId);
            options.onRequestId(requestId);
            log.info(`Accepted for ${(0,util_text/* list */.p_)(hosts, 3)}. RequestId: ${requestId ?? 'none'}`);
            return requestId;
        }
        catch (thrown) {
            const { code, requestId } = (0,model_problem/* toProblem */.H8)(thrown);
            log.info(`Not accepted for ${(0,util_text/* list */.p_)(hosts, 3)}: ${code}. RequestId: ${requestId ?? 'none'}`);
            throw thrown;
        }
    };
    const applyAll = (changes) => apply(changes, {
        bind,
        accepted: (taken, requestId) => noteAccepted(ledger, taken, requestId),
        failed: (refused, problem) => noteFailed(ledger, refused, problem),
    });
    const until = reader === undefined ? 'accepted' : options.until;
    const read = reader?.these;
    const wait = () => settle(ledger, { until, read, plan, apply: applyAll, clock, signal, deadline, info: log.info });
    try {
        const first = [...ledger.values()].map(({ step }) => step).filter((step) => step.kind === 'bind');
        if (first.length > 0)
            await log.group(`Binding ${(0,util_text/* count */.U9)(first.length, 'host')}`, () => applyAll(first));
        if (!isSettled(ledger, until))
            await log.group(`Waiting until ${until}`, wait);
    }
    catch (thrown) {
        if (!signal.aborted || options.cancelled.aborted)
            throw thrown;
        noteLate(ledger, until);
        if ((0,model_problem/* toProblem */.H8)(thrown).code !== 'Network.Deadline' || ledgerProblem(ledger) === undefined)
            throw thrown;
    }
};

// EXTERNAL MODULE: ./lib/model/certificate.js
var model_certificate = __nccwpck_require__(626);
;// CONCATENATED MODULE: ./lib/deploy/probe.js





const probe_width = 16;
const askCname = 2;
const lookAtServed = async (ledger, options) => {
    const { clock, signal, info } = options;
    const targets = [...ledger.values()].flatMap((entry) => targetOf(entry, options.known) ?? []);
    const start = clock.now();
    let open = targets;
    const tell = () => {
        const left = (0,util_text/* duration */.p0)(options.deadline - clock.now());
        info(`${targets.length - open.length}/${(0,util_text/* count */.U9)(targets.length, 'host')} served, ${(0,util_text/* duration */.p0)(clock.now() - start)} elapsed, ${left} left`);
    };
    try {
        for (let round = 0; open.length > 0; round++) {
            if (round > 0)
                await clock.sleep(pauseBefore(round - 1), signal);
            const before = open.length;
            await (0,concurrency/* inParallel */.H)(open, probe_width, (target) => probe_look(target, round, options));
            open = open.filter(({ seen }) => seen !== '');
            if (open.length !== before || round > 3)
                tell();
        }
    }
    finally {
        for (const target of open)
            if (target.seen !== '')
                noteUnserved(target);
        warnOfDistrust(targets, options);
        noteOfRecognition(targets, options);
    }
};
const targetOf = (entry, known) => {
    const { host, step, state } = entry;
    if (!['deployed', 'unchanged', 'accepted'].includes(state) || step.setting.mode === 'disable')
        return undefined;
    const certificates = step.setting.ids.map((id) => known.get(id) ?? step.keeps.find((one) => one.id === id) ?? { id });
    const askable = certificates.filter(({ algorithm }) => algorithm === 'RSA' || algorithm === 'ECC');
    const asks = certificates.length > 1 && askable.length > 0
        ? askable.map((certificate) => ({ certificate, algorithm: certificate.algorithm === 'RSA' ? 'RSA' : 'ECC' }))
        : [{ certificate: certificates[0], algorithm: undefined }];
    const name = host.replace(/^\*(?=\.)/, 'edgeone-certificate-check');
    return { entry, name, asks, seen: 'not looked at yet', elsewhere: false, distrust: undefined };
};
const probe_look = async (target, round, options) => {
    const { connectTo, signal } = options;
    const cname = (target.entry.after ?? target.entry.step.before)?.cname;
    const at = connectTo === 'cname' ? { host: cname, port: 443 } : (connectTo ?? { host: target.name, port: 443 });
    if (at.host === undefined) {
        target.seen = 'EdgeOne gave no CNAME for it';
        return;
    }
    const place = { host: at.host, port: at.port };
    target.distrust = undefined;
    target.seen = await lookThere(target, place, options);
    if (target.seen === '' || connectTo !== undefined || round < askCname || cname === undefined)
        return;
    signal.throwIfAborted();
    target.elsewhere = (await lookThere({ ...target }, { host: cname, port: 443 }, options)) === '';
};
const lookThere = async (target, { host, port }, options) => {
    const { resolve, signal } = options;
    try {
        const addresses = await resolve(host, signal);
        let unreachable = '';
        let looked = 0;
        for (const address of addresses) {
            const seen = await lookAtAddress(target, { host: address, port }, options);
            if (seen === noRoute)
                unreachable = address;
            else if (seen !== '')
                return seen;
            else
                looked += 1;
        }
        return looked > 0 ? '' : `this machine has no way to ${unreachable || host}`;
    }
    catch (thrown) {
        signal.throwIfAborted();
        return (0,model_problem/* toProblem */.H8)(thrown).message;
    }
};
const noRoute = 'no route';
const lookAtAddress = async (target, at, { handshake, signal }) => {
    for (const { algorithm, certificate } of target.asks) {
        try {
            const served = await handshake({ host: target.name, at, algorithm }, signal);
            if (!isRight(target.name, certificate, served))
                return `${at.host === target.name ? 'it' : at.host} serves ${describe(served)}`;
            target.distrust ??= served.distrust;
        }
        catch (thrown) {
            signal.throwIfAborted();
            const { message } = (0,model_problem/* toProblem */.H8)(thrown);
            return at.host.includes(':') && /ENETUNREACH|EADDRNOTAVAIL|EHOSTUNREACH/.test(message) ? noRoute : message;
        }
    }
    return '';
};
const isRight = (host, certificate, served) => {
    if (certificate?.sha256 !== undefined)
        return served.sha256 === certificate.sha256;
    if (certificate?.notAfter !== undefined && Math.abs(served.notAfter - certificate.notAfter) >= 1000)
        return false;
    return (0,model_certificate/* covers */.hU)(served.names, host);
};
const describe = ({ names, notAfter, algorithm }) => `another certificate: ${(0,util_text/* list */.p_)(names, 3) || 'no names'}, ${algorithm === undefined ? '' : `${algorithm}, `}until ${(0,util_text/* day */.vd)(notAfter)}`;
const noteUnserved = ({ entry, seen, elsewhere }) => {
    const where = elsewhere
        ? '. EdgeOne itself serves the right one: the DNS of the name leads elsewhere; `connect-to: cname` verifies before it is switched'
        : '';
    const problem = (0,model_problem/* ownProblem */.O3)('Verify.NotServed', {
        message: `${entry.host}: ${seen}${where}`,
        requestId: entry.requestId,
    });
    Object.assign(entry, { state: 'unserved', problem });
};
const warnOfDistrust = (targets, { warn }) => {
    const doubtful = targets.filter(({ seen, distrust }) => seen === '' && distrust !== undefined);
    for (const [why, some] of Map.groupBy(doubtful, ({ distrust }) => distrust ?? '')) {
        const hosts = (0,util_text/* list */.p_)(some, 10, ({ entry }) => entry.host);
        warn('Not trusted', `${(0,util_text/* count */.U9)(some.length, 'host')} served the certificate, but this machine does not trust it (${why}): ${hosts}.`);
    }
};
const noteOfRecognition = (targets, { note }) => {
    const seen = targets.filter((target) => target.seen === '').flatMap(({ asks }) => asks);
    const byDate = seen.flatMap(({ certificate }) => certificate !== undefined && certificate.sha256 === undefined && certificate.notAfter !== undefined
        ? [certificate.id]
        : []);
    const byName = seen.flatMap(({ certificate }) => certificate?.sha256 === undefined && certificate?.notAfter === undefined
        ? [certificate?.id ?? 'the free certificate']
        : []);
    if (byDate.length > 0) {
        note(`Recognised in the handshakes by the host's name and the last second of validity, for the step has no file of it: ${(0,util_text/* list */.p_)([...new Set(byDate)], 5)}`);
    }
    if (byName.length > 0)
        note(`Recognised in the handshakes by the host's name alone, for nothing else is known of it: ${(0,util_text/* list */.p_)([...new Set(byName)], 5)}`);
};
const noteServed = (ledger) => {
    for (const entry of ledger.values()) {
        const looked = entry.step.setting.mode !== 'disable';
        if (looked && (entry.state === 'deployed' || entry.state === 'accepted'))
            entry.state = 'served';
    }
};

;// CONCATENATED MODULE: ./lib/tencent/pages.js


const pageOf = (items, response, take) => {
    for (const item of items)
        take(item);
    return { count: items.length, total: numberOf(response['TotalCount']) };
};
const pages_width = 8;
const readPages = async (read) => {
    const { count, total } = await read(0);
    if (count === 0)
        return;
    if (total !== undefined) {
        return (0,concurrency/* inParallel */.H)(offsetsOf(count, total), pages_width, async (offset) => {
            await read(offset);
        });
    }
    let offset = count;
    for (;;) {
        const page = await read(offset);
        if (page.count === 0)
            return;
        offset += page.count;
    }
};
function* offsetsOf(step, total) {
    for (let n = 1; n * step < total; n++)
        yield n * step;
}

;// CONCATENATED MODULE: ./lib/tencent/zones.js




const reads = {
    '2022-09-01': { perPage: 100, filter: 'zone-name', id: 'ZoneId', name: 'ZoneName' },
    '2022-01-06': { perPage: 1000, filter: 'name', id: 'Id', name: 'Name' },
};
const readZones = async (call, version, name) => {
    const { perPage, filter, id, name: nameField } = reads[version];
    const zoneOf = (item) => ({
        id: textOf(item[id]) ?? '',
        name: textOf(item[nameField]) ?? '',
        status: textOf(item['Status']),
        type: textOf(item['Type']),
        alias: textOf(item['AliasZoneName']),
        lock: textOf(item['LockStatus']),
    });
    const zones = [];
    await readPages((Offset) => {
        const body = {
            Offset,
            Limit: perPage,
            ...(name === undefined ? {} : { Filters: [{ Name: filter, Values: [name] }] }),
        };
        return call(teoApi(version, 'DescribeZones'), body, ({ response }) => pageOf(listOf(response['Zones']).map(zoneOf), response, (zone) => zones.push(zone)));
    });
    return zones.filter((zone) => zone.id !== '' && (name === undefined || zone.name.toLowerCase() === name));
};
const readDefaultCertificates = async (call, zoneId) => {
    const certificates = [];
    await readPages((Offset) => {
        const body = { ZoneId: zoneId, Offset, Limit: 100 };
        return call(teoApi('2022-09-01', 'DescribeDefaultCertificates'), body, ({ response }) => pageOf(listOf(response['DefaultServerCertInfo']).flatMap(defaultOf), response, (one) => certificates.push(one)));
    });
    return certificates;
};
const defaultOf = (item) => {
    const id = textOf(item['CertId']);
    if (id === undefined)
        return [];
    const algorithm = textOf(item['SignAlgo']);
    return [
        {
            id,
            alias: textOf(item['Alias']),
            type: textOf(item['Type']),
            algorithm: (0,model_certificate/* algorithmOf */.Hy)(algorithm),
            bits: (0,model_certificate/* bitsOf */.e4)(algorithm),
            names: namesOf(item['SubjectAltName'], item['CommonName']),
            notBefore: timeOf(item['EffectiveTime']),
            notAfter: timeOf(item['ExpireTime']),
            status: textOf(item['Status']),
        },
    ];
};
const namesOf = (alternative, common) => {
    const names = textsOf(alternative).filter((name) => name !== '');
    const first = textOf(common);
    if (names.length > 0)
        return names;
    return first === undefined ? undefined : [first];
};

;// CONCATENATED MODULE: ./lib/tencent/ssl.js




const sslApi = (action, perSecond = 20) => ({ service: 'ssl', version: '2019-12-05', action, perSecond });
const describeCertificates = sslApi('DescribeCertificates');
const perCall = 100;
const readCertificates = async (call, ids) => {
    const found = [];
    await (0,concurrency/* inParallel */.H)((0,concurrency/* lotsOf */.Q)(ids, perCall), 4, async (CertIds) => {
        for (const one of await call(describeCertificates, { CertIds, Limit: 1000 }, certificatesIn)) {
            if (CertIds.includes(one.id))
                found.push(one);
        }
    });
    return found;
};
const searchCertificates = (call, text) => call(describeCertificates, { SearchKey: text, Limit: 1000 }, certificatesIn);
const certificatesIn = ({ response }) => listOf(response['Certificates']).flatMap(certificateOf);
const certificateOf = (item) => {
    const id = textOf(item['CertificateId']);
    if (id === undefined)
        return [];
    const algorithm = textOf(item['EncryptAlgorithm']);
    return [
        {
            id,
            alias: textOf(item['Alias']),
            algorithm: item['IsSM'] === true ? 'SM2' : (0,model_certificate/* algorithmOf */.Hy)(algorithm),
            bits: (0,model_certificate/* bitsOf */.e4)(algorithm),
            names: namesOf(item['SubjectAltName'] ?? item['CertSANs'], item['Domain']),
            notBefore: timeOf(item['CertBeginTime']),
            notAfter: timeOf(item['CertEndTime']),
        },
    ];
};
const uploadCertificate = (call, { chain, key, alias }) => {
    const body = {
        CertificatePublicKey: chain,
        CertificatePrivateKey: key,
        CertificateType: 'SVR',
        Alias: alias,
        Repeatable: false,
    };
    return call(sslApi('UploadCertificate', 10), body, ({ response }) => {
        const repeated = textOf(response['RepeatCertId']);
        const id = textOf(response['CertificateId']) ?? repeated;
        return id === undefined ? undefined : { id, known: repeated !== undefined };
    });
};
const mostMuted = 50;
const muteCertificates = (call, ids) => call(sslApi('ModifyCertificatesExpiringNotificationSwitch'), { CertificateIds: ids, SwitchStatus: 1 }, done);
const done = () => undefined;
const deleteCertificate = async (call, site, id) => {
    if (site === 'international') {
        await call(sslApi('DeleteCertificate'), { CertificateId: id, IsCheckResource: true }, done);
        return async () => ((await readCertificates(call, [id])).length === 0 ? 'gone' : 'under way');
    }
    const begin = ({ response }) => {
        const [failed] = listOf(response['Fail']);
        const task = listOf(response['CertTaskIds']).map((item) => textOf(item['TaskId']))[0];
        if (failed !== undefined)
            return { refused: textOf(failed['Msg']) ?? 'no reason was given' };
        if (task !== undefined)
            return { task };
        return textsOf(response['Success']).includes(id) ? 'gone' : { refused: 'no task was given' };
    };
    const begun = await call(sslApi('DeleteCertificates'), { CertificateIds: [id], IsSync: true }, begin);
    return async () => typeof begun === 'object' && 'task' in begun
        ? call(sslApi('DescribeDeleteCertificatesTaskResult'), { TaskIds: [begun.task] }, deletionIn)
        : begun;
};
const deletionIn = ({ response }) => {
    const [item = {}] = listOf(response['DeleteTaskResult']);
    const status = numberOf(item['Status']);
    if (status === 0)
        return 'under way';
    return status === 1 ? 'gone' : { refused: textOf(item['Error']) ?? taskFailures[status ?? -1] ?? `status ${status}` };
};
const taskFailures = {
    2: 'the task failed',
    3: 'the service role SSL_QCSLinkedRoleInReplaceLoadCertificate was not authorised',
    4: 'it is still bound to a cloud resource',
    5: 'the query for its bindings timed out',
};

;// CONCATENATED MODULE: ./lib/deploy/retire.js





const mostReadings = 6;
const retire = async (ledger, { oldCertificates, site }, options) => {
    const { call, reader, info, warn } = options;
    const changed = [...ledger.values()].filter(({ writes }) => writes > 0);
    const replaced = changed.flatMap(({ step }) => [
        ...step.replaces,
        ...step.drops.map(({ certificate }) => certificate),
    ]);
    const uploaded = new Set(replaced.filter(({ type }) => type === 'upload').map(({ id }) => id));
    const others = new Set(replaced.filter(({ id }) => !uploaded.has(id)).map(({ id }) => id));
    if (others.size > 0)
        info(`Kept, for they were not uploaded: ${(0,util_text/* list */.p_)([...others], 10)}`);
    if (uploaded.size === 0)
        return;
    const attempt = async (ids, work) => {
        try {
            await work();
        }
        catch (thrown) {
            const { code, message } = (0,model_problem/* toProblem */.H8)(thrown);
            if (code === 'Run.Cancelled')
                throw thrown;
            warn('Old certificates', `${(0,util_text/* list */.p_)(ids, 10)} stayed as they are: ${`${code} ${message}`.trim()}`);
        }
    };
    await attempt([...uploaded], async () => {
        const bound = new Set((await reader.all()).flatMap(({ certificates }) => certificates.map(({ id }) => id)));
        const free = [...uploaded].filter((id) => !bound.has(id));
        const held = [...uploaded].filter((id) => bound.has(id));
        if (held.length > 0)
            info(`Kept, for hosts of the site still have them: ${(0,util_text/* list */.p_)(held, 10)}`);
        if (oldCertificates === 'mute') {
            for (const ids of (0,concurrency/* lotsOf */.Q)(free, mostMuted)) {
                await attempt(ids, async () => {
                    await muteCertificates(call, ids);
                    info(`No more expiry mails for ${(0,util_text/* list */.p_)(ids, 10)}`);
                });
            }
            return;
        }
        for (const id of free) {
            await attempt([id], async () => {
                const outcome = await remove(id, site, options);
                if (outcome === 'gone')
                    info(`Deleted ${id}`);
                else
                    warn('Old certificates', `${id} was not deleted: ${outcome === 'under way' ? 'the service is still at it' : outcome.refused}`);
            });
        }
    });
};
const remove = async (id, site, { call, clock, signal }) => {
    const ask = await deleteCertificate(call, site, id);
    for (let reading = 0;; reading++) {
        const stands = await ask();
        if (stands !== 'under way' || reading === mostReadings - 1)
            return stands;
        await clock.sleep(pauseBefore(reading), signal);
    }
};

;// CONCATENATED MODULE: ./lib/deploy/rollback.js

const rollbackTime = 5 * 60_000;
const settingBefore = ({ step: { before } }, version) => {
    if (before === undefined)
        return undefined;
    const ids = before.certificates.map(({ id }) => id);
    switch (before.mode) {
        case undefined:
            if (version === '2022-09-01')
                return undefined;
            return ids.length === 0 || before.certificates.every(({ type }) => type === 'default')
                ? { mode: 'default', ids: [] }
                : { mode: 'sslcert', ids };
        case 'sslcert':
            return ids.length === 0 ? undefined : { mode: 'sslcert', ids };
        case 'eofreecert':
        case 'eofreecert_manual':
        case 'disable':
            return { mode: before.mode, ids: [] };
        default:
            return undefined;
    }
};
const waysBack = (ledger, version) => [...ledger.values()]
    .filter(({ writes, problem }) => writes > 0 && problem !== undefined)
    .map((entry) => {
    const setting = settingBefore(entry, version);
    if (setting === undefined)
        return { entry, change: undefined };
    const { step, after } = entry;
    const { host } = entry;
    const before = after === undefined ? step.before : { host, ...after };
    const change = { host, before, setting, keeps: [], replaces: [], drops: [] };
    return { entry, change: { ...change, kind: 'bind', reason: 'did not get there: gets back what it had' } };
});
const word = (text) => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const byHand = (zoneId, host, setting, version) => {
    if (setting === undefined)
        return '';
    const info = JSON.stringify(setting.ids.map((CertId) => ({ CertId })));
    const call = `tccli teo ModifyHostsCertificate --ZoneId ${word(zoneId)} --Hosts ${word(JSON.stringify([host]))}`;
    if (version === '2022-01-06') {
        return `${call} --version 2022-01-06${setting.mode === 'default' ? '' : ` --CertInfo ${word(info)}`}`;
    }
    return `${call} --Mode ${word(setting.mode)}${setting.mode === 'sslcert' ? ` --ServerCertInfo ${word(info)}` : ''}`;
};
const noteUnfinished = (ledger, cause) => {
    for (const entry of ledger.values()) {
        if (entry.state !== 'accepted' || entry.writes === 0)
            continue;
        const message = `${entry.host} was changed, and the step stopped before it was seen in effect`;
        const problem = (0,model_problem/* ownProblem */.O3)('Verify.NotDeployed', { message, requestId: entry.requestId, cause });
        Object.assign(entry, { state: 'late', problem });
    }
};
const untold = (reached, change) => {
    if (change === undefined)
        return 'what it had is not known';
    return (reached?.writes ?? 0) > 0 ? 'EdgeOne took the call for it, and it was not seen in effect' : 'it was not tried';
};
const rollBack = async (ways, { zoneId, apiVersion }, restore) => {
    const changes = ways.flatMap(({ change }) => change ?? []);
    const back = await restore(changes);
    for (const { entry, change } of ways) {
        const reached = back.get(entry.host);
        const cause = entry.problem;
        if (reached?.state === 'deployed' || reached?.state === 'unchanged') {
            Object.assign(entry, { state: 'rolled-back', after: reached.after, requestId: reached.requestId });
            continue;
        }
        const why = reached?.problem?.message ?? untold(reached, change);
        const command = byHand(zoneId, entry.host, change?.setting, apiVersion);
        const message = `${entry.host} did not get back what it had: ${why.replace(/\.$/, '')}${command === '' ? '' : `. By hand: ${command}`}`;
        const problem = (0,model_problem/* ownProblem */.O3)('Verify.RollbackFailed', {
            message,
            requestId: reached?.requestId,
            cause: (0,model_problem/* toProblem */.H8)(cause),
        });
        Object.assign(entry, { state: 'adrift', problem, after: reached?.after ?? entry.after });
    }
};

;// CONCATENATED MODULE: ./lib/deploy/act.js








const act = async (ledger, options) => {
    const { world, inputs, signal } = options;
    const { log } = world;
    const call = options.callUntil(signal);
    try {
        await deploy(ledger, {
            ...deployOptions(options, call, signal),
            until: inputs.waitFor === 'accepted' ? 'accepted' : 'deployed',
        });
        if (inputs.waitFor === 'served')
            await served(ledger, options);
    }
    catch (thrown) {
        if (inputs.rollback && !world.cancelled.aborted) {
            if (inputs.waitFor !== 'accepted')
                noteUnfinished(ledger, (0,model_problem/* toProblem */.H8)(thrown));
            await giveBack(ledger, options);
        }
        throw thrown;
    }
    if (ledgerProblem(ledger) !== undefined) {
        if (inputs.rollback && !world.cancelled.aborted)
            await giveBack(ledger, options);
    }
    else if (inputs.oldCertificates !== 'keep' && options.reader !== undefined) {
        const { reader, warn, note } = options;
        await log.group('Old certificates', () => retire(ledger, inputs, { call, reader, clock: world.clock, signal, info: note, warn }));
    }
};
const deployOptions = ({ world, inputs, zoneId, reader, deadline, plan, onRequestId }, call, signal) => {
    const { log, clock, cancelled } = world;
    return {
        apiVersion: inputs.apiVersion,
        zoneId,
        reader,
        call,
        log,
        clock,
        signal,
        cancelled,
        deadline,
        plan,
        onRequestId,
    };
};
const served = async (ledger, { world, inputs, warn, note, signal, deadline, known }) => {
    const { log, clock, handshake, resolve, cancelled } = world;
    const { connectTo } = inputs;
    try {
        const look = { handshake, resolve, clock, signal, deadline, info: log.info, warn, note, connectTo, known };
        await log.group('Looking at what is served', () => lookAtServed(ledger, look));
    }
    catch (thrown) {
        if (cancelled.aborted || !signal.aborted || ledgerProblem(ledger) === undefined)
            throw thrown;
        return;
    }
    finally {
        noteServed(ledger);
    }
};
const giveBack = async (ledger, options) => {
    const { world, inputs, zoneId, reader } = options;
    const { apiVersion } = inputs;
    const { log, clock, cancelled } = world;
    const ways = waysBack(ledger, apiVersion);
    if (ways.length === 0)
        return;
    const deadline = clock.now() + rollbackTime;
    const late = () => (0,model_problem/* ownProblem */.O3)('Network.Deadline', { message: 'The time of the rollback ended before an answer came' });
    const signal = AbortSignal.any([cancelled, clock.alarm(deadline, late)]);
    const call = options.callUntil(signal);
    const restore = async (changes) => {
        const back = openLedger(changes);
        const plan = (domain) => {
            const setting = back.get(domain.host)?.step.setting ?? { mode: 'sslcert', ids: [] };
            return planHost({ setting, keepOther: false, known: new Map(), now: clock.now() }, domain.host, domain);
        };
        const again = reader === undefined ? undefined : options.readerFor(call);
        try {
            await deploy(back, { ...deployOptions(options, call, signal), reader: again, plan, deadline, until: 'deployed' });
        }
        catch (thrown) {
            if (cancelled.aborted)
                throw thrown;
            for (const entry of back.values())
                if (entry.state !== 'deployed')
                    entry.problem ??= (0,model_problem/* toProblem */.H8)(thrown);
        }
        return back;
    };
    log.info(`Rolling back ${(0,util_text/* count */.U9)(ways.length, 'host')}`);
    await rollBack(ways, { zoneId, apiVersion }, restore);
};

;// CONCATENATED MODULE: ./lib/deploy/upload.js



const unnamed = ({ facts, sha256 }) => ({
    ...facts,
    id: `new-${facts.algorithm ?? 'key'}`,
    sha256,
});
const aliasOf = ({ facts, subject }, alias) => alias ?? `${subject}${facts.notBefore === undefined ? '' : ` ${(0,util_text/* day */.vd)(facts.notBefore)}`}`;
const upload = async (call, pairs, alias, info) => {
    const all = [];
    for (const pair of pairs) {
        const name = aliasOf(pair, alias);
        const { id, known } = await uploadOne(call, pair, name);
        info(known ? `Already there as ${id}: ${pair.subject}` : `Uploaded as ${id}: ${name}`);
        all.push({ ...unnamed(pair), id });
    }
    return all;
};
const uploadOne = async (call, pair, alias) => {
    try {
        const uploaded = await uploadCertificate(call, { chain: pair.chain, key: pair.key, alias });
        if (uploaded !== undefined)
            return uploaded;
        throw (0,model_problem/* ownProblem */.O3)('Network.Response', {
            message: 'The answer to UploadCertificate has no CertificateId',
            sent: 'unknown',
        });
    }
    catch (thrown) {
        const problem = (0,model_problem/* toProblem */.H8)(thrown);
        if (problem.code !== 'FailedOperation.CertificateExists')
            throw problem;
        const id = await findUploaded(call, pair);
        if (id === undefined)
            throw problem;
        return { id, known: true };
    }
};
const findUploaded = async (call, { facts, subject }) => {
    const names = new Set(facts.names);
    const found = await searchCertificates(call, subject);
    return found.find((one) => one.notAfter === facts.notAfter &&
        one.notBefore === facts.notBefore &&
        (one.algorithm ?? facts.algorithm) === facts.algorithm &&
        one.names !== undefined &&
        one.names.length === names.size &&
        one.names.every((name) => names.has(name.toLowerCase())))?.id;
};
const findAll = async (call, pairs, info) => {
    const all = [];
    for (const pair of pairs) {
        const id = await findUploaded(call, pair);
        info(id === undefined ? `Would be uploaded: ${pair.subject}` : `Already there as ${id}: ${pair.subject}`);
        all.push(id === undefined ? unnamed(pair) : { ...unnamed(pair), id });
    }
    return all;
};

;// CONCATENATED MODULE: ./lib/discover/certificates.js






const readBrought = async (call, inputs, zoneId, now, warn, pairs) => {
    const { mode, certificates, apiVersion } = inputs;
    if (pairs.length > 0) {
        const unknown = pairs.map(unnamed);
        return { setting: { mode, ids: unknown.map(({ id }) => id) }, certificates: unknown, sslReadable: true };
    }
    if (mode !== 'sslcert')
        return { setting: { mode, ids: [] }, certificates: [], sslReadable: true };
    if (certificates !== 'default') {
        const found = await readPermitted(call, certificates, warn);
        const missing = certificates.filter((id) => found !== undefined && !found.some((one) => one.id === id));
        if (missing.length > 0) {
            warn('Certificate not checked', `SSL Certificate Service does not list ${(0,util_text/* list */.p_)(missing, 3)} for this key: it does not exist there, or the key may not see it. What it covers, and until when, is not checked before the call.`);
        }
        const all = certificates.map((id) => found?.find((one) => one.id === id) ?? { id });
        return { setting: { mode, ids: certificates }, certificates: all, sslReadable: found !== undefined };
    }
    if (apiVersion === '2022-01-06')
        return { setting: { mode: 'default', ids: [] }, certificates: [], sslReadable: true };
    const defaults = await readDefaultCertificates(call, zoneId);
    const usable = defaults.filter(({ status, notAfter }) => (status === undefined || status === 'deployed') && (notAfter ?? Infinity) > now);
    if (usable.length === 0) {
        const seen = defaults.map(({ id, status, notAfter }) => `${id} (${status ?? 'unknown'}${notAfter ? `, until ${(0,util_text/* day */.vd)(notAfter)}` : ''})`);
        const having = seen.length === 0 ? 'none at all' : (0,util_text/* list */.p_)(seen, 5);
        throw (0,model_problem/* ownProblem */.O3)('Certificate.NoDefault', {
            message: `The site has no default certificate that is in effect: ${having}`,
        });
    }
    return { setting: { mode, ids: usable.map(({ id }) => id) }, certificates: usable, sslReadable: true };
};
const readAlgorithms = async (call, domains, brought, warn) => {
    const bearing = domains.filter(({ mode }) => mode === undefined || mode === 'sslcert');
    const unknown = [...new Set(bearing.map(({ certificates }) => certificates))]
        .flat()
        .filter(({ id, algorithm, type }) => algorithm === undefined && type !== 'default' && !brought.includes(id));
    if (unknown.length === 0)
        return [];
    return (await readPermitted(call, [...new Set(unknown.map(({ id }) => id))], warn)) ?? [];
};
const readPermitted = async (call, ids, warn) => {
    try {
        return await readCertificates(call, ids);
    }
    catch (thrown) {
        const problem = (0,model_problem/* toProblem */.H8)(thrown);
        if (!isForbidden(problem))
            throw problem;
        warn('Certificate not checked', `This key may not read certificates in SSL Certificate Service (${problem.code}): allow ssl:DescribeCertificates. What ${(0,util_text/* list */.p_)(ids, 3)} covers, its algorithm, and until when it is valid, is not known to this run.`);
        return undefined;
    }
};

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(30);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __nccwpck_require__(136);
;// CONCATENATED MODULE: ./lib/model/hostname.js


const entries = (text) => text
    .replace(/(^|[\s,])#.*$/gm, '$1')
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '');
const nameAlone = (host) => (host ? `the host name alone: ${host}` : 'the host name alone');
const mistakes = [
    { is: (e) => e.includes('://'), what: 'a URL', expected: (e) => nameAlone(URL.parse(e)?.hostname) },
    {
        is: (e) => (0,external_node_net_.isIP)(e.replace(/^\[|\]$/g, '')) !== 0,
        what: 'an IP address',
        expected: () => 'a host name: EdgeOne has no certificates for addresses',
    },
    { is: (e) => e.includes('/'), what: 'a name with a path', expected: (e) => nameAlone(e.split('/')[0]) },
    { is: (e) => /:\d*$/.test(e), what: 'a host with a port', expected: (e) => nameAlone(e.split(':')[0]) },
    {
        is: (e) => e.includes('_'),
        what: 'a name with an underscore',
        expected: () => 'letters, digits and hyphens: a host name has no underscore (RFC 1123 §2.1)',
    },
];
const pattern = {
    is: (e) => e.startsWith('!') || e.replace(/^\*\./, '').includes('*'),
    what: 'a pattern',
    expected: () => 'exact names of acceleration domains; patterns need `match: pattern`',
};
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const parseHost = (entry) => {
    const mistake = [...mistakes, pattern].find(({ is }) => is(entry));
    if (mistake)
        return { what: mistake.what, expected: mistake.expected(entry) };
    const wildcard = entry.startsWith('*.') ? '*.' : '';
    const name = entry.slice(wildcard.length).replace(/[.。．｡]$/u, '');
    const ascii = /[%?@\\[\]<>^|"#]/.test(name) ? '' : (0,external_node_url_.domainToASCII)(name);
    if ((0,external_node_net_.isIP)(ascii) !== 0)
        return { what: `a spelling of the IP address ${ascii}`, expected: 'a host name' };
    const labels = ascii.split('.');
    if (labels.some((part) => part.length > 63))
        return { what: 'a name with a label that is too long', expected: 'at most 63 characters between dots' };
    if (ascii.length + wildcard.length > 253)
        return { what: 'too long for a host name', expected: 'at most 253 characters' };
    if (!labels.every((part) => label.test(part))) {
        return { what: 'not a host name', expected: 'labels of letters, digits and hyphens, separated by dots' };
    }
    if (labels.length < 2)
        return { what: 'a single label', expected: 'a full name such as www.example.com' };
    return { value: wildcard + ascii };
};
const parsePattern = (entry) => {
    const mistake = mistakes.find(({ is }) => is(entry.replace(/^!/, '')));
    if (mistake)
        return { what: mistake.what, expected: mistake.expected(entry.replace(/^!/, '')) };
    const excludes = entry.startsWith('!');
    const written = (excludes ? entry.slice(1) : entry).replace(/[.。．｡]$/u, '').split(/[.。．｡]/u);
    const stars = written.map((part) => (part === '*' || part === '**' ? part : ''));
    if (written[0]?.startsWith('!'))
        return { what: 'a pattern with two `!`', expected: 'one `!` before what is excluded' };
    if (written.some((part, i) => stars[i] === '' && part.includes('*'))) {
        return { what: 'a pattern with `*` inside a label', expected: '`*` for one whole label, `**` for one or more' };
    }
    if (written.length === 1 && stars[0] !== '')
        return { value: patternOf([stars[0] ?? ''], excludes) };
    const parsed = parseHost(written.map((part, i) => (stars[i] === '' ? part : 'x')).join('.'));
    if (!('value' in parsed))
        return parsed;
    return {
        value: patternOf(parsed.value.split('.').map((part, i) => stars[i] || part), excludes),
    };
};
const patternOf = (labels, excludes) => ({
    text: labels.join('.'),
    excludes,
    test: (host) => isMatch(labels, host.split('.')),
});
const isMatch = (labels, parts) => {
    let at = 0;
    let last = -1;
    let taken = 0;
    for (let part = 0; part < parts.length;) {
        const label = labels[at];
        if (label === '**') {
            last = at;
            taken = part + 1;
        }
        else if (label === undefined || (label !== '*' && label !== parts[part])) {
            if (last < 0)
                return false;
            taken += 1;
            at = last;
            part = taken - 1;
        }
        at += 1;
        part += 1;
    }
    return at === labels.length;
};

// EXTERNAL MODULE: ./node_modules/fastest-levenshtein/mod.js
var mod = __nccwpck_require__(916);
;// CONCATENATED MODULE: ./lib/util/suggest.js

const nearest = (name, names, most) => {
    const limit = Math.max(2, Math.floor(name.length / 3));
    const ranked = [];
    for (const other of names) {
        if (Math.abs(other.length - name.length) > limit)
            continue;
        const far = (0,mod/* distance */.Io)(name, other);
        if (far <= limit)
            ranked.push({ other, far });
    }
    const best = ranked.reduce((least, { far }) => Math.min(least, far), limit);
    return ranked
        .filter(({ far }) => far <= best + 1)
        .toSorted((a, b) => a.far - b.far || (a.other < b.other ? -1 : 1))
        .slice(0, most)
        .map(({ other }) => other);
};

;// CONCATENATED MODULE: ./lib/discover/select.js






const wasRead = (selected) => 'certificates' in selected;
const unknownHosts = (hosts, domains) => {
    const there = new Set(domains.map(({ host }) => host));
    return hosts.filter((host) => !there.has(host));
};
const selectExact = (hosts, site) => {
    const unknown = unknownHosts(hosts, site);
    const names = site.map(({ host }) => host);
    const findings = unknown.map((host) => findingFor(host, names));
    if (findings.length > 0) {
        const message = `${(0,util_text/* count */.U9)(unknown.length, 'host')} not among the ${(0,util_text/* count */.U9)(site.length, 'acceleration domain')} of the site: ${(0,util_text/* list */.p_)(unknown, 10)}`;
        throw (0,model_problem/* ownProblem */.O3)('Input.UnknownHosts', { message, findings });
    }
    const byName = new Map(site.map((domain) => [domain.host, domain]));
    return { hosts: hosts.toSorted().flatMap((host) => byName.get(host) ?? []), notes: [] };
};
const findingFor = (host, names) => {
    const input = 'hosts';
    if (host.startsWith('*.')) {
        const parsed = parsePattern(host);
        const matched = 'value' in parsed ? names.filter((name) => parsed.value.test(name)) : [];
        return {
            input,
            seen: `“${host}”, which is no acceleration domain`,
            expected: matched.length === 0
                ? 'a name that the site has; as a pattern it would match none of them'
                : `the hosts that it would match as a pattern: ${(0,util_text/* list */.p_)(matched, 10)}; name them, or set match: pattern`,
        };
    }
    const near = nearest(host, names, 3);
    return {
        input,
        seen: `“${host}”, which the site does not have`,
        expected: near.length === 0
            ? `one of its domains, such as ${(0,util_text/* list */.p_)(names.slice(0, 3), 3) || '(it has none)'}`
            : `perhaps ${near.join(' or ')}`,
    };
};
const selectMatching = (target, site, certificates) => {
    const including = target.patterns.filter(({ excludes }) => !excludes);
    const excluding = target.patterns.filter(({ excludes }) => excludes);
    const chosen = (pattern, { host }) => pattern.test(host);
    const covering = certificates.map(({ names = [] }) => (0,model_certificate/* coverage */.vk)(names));
    const matched = site.filter((domain) => (including.length === 0
        ? target.match === 'certificate'
        : including.some((pattern) => chosen(pattern, domain))) &&
        !excluding.some((pattern) => chosen(pattern, domain)) &&
        (target.match === 'pattern' || covering.every((isCovered) => isCovered(domain.host))));
    const awake = matched.filter((domain) => asleepAs(domain) === undefined);
    const left = matched
        .filter((domain) => asleepAs(domain) !== undefined)
        .map(({ host, status }) => `${host} (${status})`);
    const idle = including.filter((pattern) => !site.some((domain) => chosen(pattern, domain)));
    return {
        hosts: awake,
        notes: [
            ...(left.length === 0 ? [] : [`Left out, because they are not online: ${(0,util_text/* list */.p_)(left, 10)}.`]),
            ...idle.map(({ text }) => `The pattern “${text}” matches no host of the site.`),
        ],
    };
};

;// CONCATENATED MODULE: ./lib/plan/words.js



const certificateLine = ({ id, algorithm, bits, names, notBefore, notAfter }) => {
    const key = [algorithm, bits].filter((part) => part !== undefined).join(' ');
    const valid = notAfter === undefined ? '' : `${notBefore === undefined ? 'until' : `${(0,util_text/* day */.vd)(notBefore)} to`} ${(0,util_text/* day */.vd)(notAfter)}`;
    const facts = [key, names === undefined ? '' : (0,util_text/* list */.p_)(names, 5), valid].filter((part) => part !== '');
    return `Certificate ${id}${facts.length === 0 ? '' : `: ${facts.join('; ')}`}`;
};
const planLine = ({ host, kind, reason, before, setting, keeps, replaces }) => {
    const target = setting.mode === 'sslcert' ? setting.ids.join(', ') : setting.mode;
    const had = before?.certificates.map(({ id }) => id) ?? [];
    const parts = [
        replaces.length === 0 ? '' : `replaces ${replaces.map(({ id }) => id).join(', ')}`,
        keeps.length === 0 ? '' : `keeps ${keeps.map(({ id }) => id).join(', ')}`,
    ].filter((part) => part !== '');
    switch (kind) {
        case 'bind':
        case 'wait': {
            const detail = parts.length === 0 ? '' : ` (${parts.join('; ')})`;
            const verb = kind === 'wait' ? 'wait, then bind' : 'bind';
            return `${host}: ${verb} ${target}${detail}: ${reason}`;
        }
        case 'unchanged':
            return `${host}: leave alone: ${reason}${had.length === 0 ? '' : ` (${had.join(', ')})`}`;
        case 'refuse':
            return `${host}: cannot be done: ${reason}`;
        default:
            return kind;
    }
};
const because = {
    expired: 'it has expired',
    default: 'a default certificate is never kept beside another',
    'not kept': 'keep-other-algorithms is false',
    'unknown algorithm': 'it is taken for the one that is replaced, since its algorithm or the new one’s is not known',
    mode: 'the mode of the host changes',
};
const hostsOf = (some) => (0,util_text/* list */.p_)(some, 10, ({ host }) => host);
const endsSooner = ({ setting, replaces, keeps }, known) => {
    const fresh = setting.ids
        .filter((id) => !keeps.some((one) => one.id === id))
        .flatMap((id) => known.get(id)?.notAfter ?? []);
    const old = replaces.flatMap(({ notAfter }) => notAfter ?? []);
    return old.length > 0 && (0,model_certificate/* earliest */.Qd)(fresh) < (0,model_certificate/* earliest */.Qd)(old);
};
const notesOf = (steps, known) => {
    const changes = steps.filter(({ kind }) => kind === 'bind' || kind === 'wait');
    const drops = changes.flatMap(({ host, drops: dropped }) => dropped.map((one) => ({ host, ...one })));
    const byCertificate = Map.groupBy(drops, ({ certificate, why }) => `${certificate.id} ${why}`);
    const dropped = [...byCertificate.values()].flatMap((all) => {
        const [first] = all;
        if (first === undefined)
            return [];
        const { certificate, why } = first;
        const facts = [
            certificate.algorithm,
            certificate.notAfter === undefined ? undefined : `until ${(0,util_text/* day */.vd)(certificate.notAfter)}`,
        ];
        const about = facts.filter((fact) => fact !== undefined).join(', ');
        const what = about === '' ? certificate.id : `${certificate.id} (${about})`;
        return [`${what} will be gone from ${(0,util_text/* count */.U9)(all.length, 'host')}, for ${because[why]}: ${hostsOf(all)}.`];
    });
    const free = changes.filter(({ before, setting }) => before?.mode?.startsWith('eofreecert') && setting.mode === 'sslcert');
    const off = changes.filter(({ setting, before }) => setting.mode === 'disable' && before?.mode !== 'disable');
    const sooner = changes.filter((0,memo/* madeOnce */.v)((step) => endsSooner(step, known), ({ replaces }) => replaces));
    return [
        ...dropped,
        ...(sooner.length === 0
            ? []
            : [
                `The new certificate ends sooner than what it replaces on ${(0,util_text/* count */.U9)(sooner.length, 'host')}: ${hostsOf(sooner)}.`,
            ]),
        ...(free.length === 0
            ? []
            : [
                `${(0,util_text/* count */.U9)(free.length, 'host')} will leave EdgeOne’s free certificate, which EdgeOne renews by itself; from now on this workflow must: ${hostsOf(free)}.`,
            ]),
        ...(off.length === 0
            ? []
            : [`HTTPS will be off for ${(0,util_text/* count */.U9)(off.length, 'host')} (mode disable): ${hostsOf(off)}.`]),
    ];
};

;// CONCATENATED MODULE: ./lib/deploy/planning.js






const mostLines = 200;
const warnOfChains = ({ pairs, unused }, warn) => {
    for (const { subject, missingIssuer } of pairs) {
        if (missingIssuer === undefined)
            continue;
        warn('Chain', `The chain of ${subject} is not whole: the certificate of its issuer (${missingIssuer}) was not given. Some visitors will not trust it.`);
    }
    if (unused.length > 0)
        warn('Chain', `Not used, for they belong to no chain: ${(0,util_text/* list */.p_)(unused, 5)}.`);
};
const bring = async (inputs, reading, pairs, { world: { log }, call, note }) => {
    const { setting, certificates } = reading;
    if (pairs.length === 0)
        return { setting, certificates };
    const all = await log.group(inputs.dryRun ? 'Looking for the certificate' : 'Upload', () => inputs.dryRun ? findAll(call, pairs, note) : upload(call, pairs, inputs.alias, note));
    return { setting: { ...setting, ids: all.map(({ id }) => id) }, certificates: all };
};
const makePlan = async (inputs, reading, { world: { log, clock }, call, warn }) => {
    const { setting, certificates, hosts, sslReadable } = reading;
    const domains = hosts.filter(wasRead);
    const mustTell = setting.mode === 'sslcert' && inputs.keepOther && sslReadable;
    const others = mustTell ? await readAlgorithms(call, domains, setting.ids, warn) : [];
    const known = new Map([...others, ...certificates].map((certificate) => [certificate.id, certificate]));
    const wish = { setting, keepOther: inputs.keepOther, known, now: clock.now() };
    const plan = planner(wish);
    const steps = hosts.map((selected) => plan(selected.host, wasRead(selected) ? selected : undefined));
    const counts = Map.groupBy(steps, ({ kind }) => kind);
    const words = {
        bind: 'to bind',
        wait: 'to bind after a deployment',
        unchanged: 'to leave alone',
        refuse: 'that cannot be done',
    };
    const title = Object.entries(words).flatMap(([kind, word]) => {
        const n = counts.get(kind)?.length ?? 0;
        return n === 0 ? [] : [`${n} ${word}`];
    });
    await log.group(`Plan: ${title.join(', ')}`, async () => {
        for (const step of steps.slice(0, mostLines))
            log.info(planLine(step));
        if (steps.length > mostLines)
            log.info(`and ${steps.length - mostLines} more`);
    });
    for (const note of notesOf(steps, known))
        warn('Certificates', note);
    return { steps, plan: (domain) => plan(domain.host, domain), known };
};

;// CONCATENATED MODULE: ./lib/tencent/hosts.js






const perFilter = 20;
const hosts_reads = {
    '2022-09-01': {
        action: 'DescribeAccelerationDomains',
        perPage: 200,
        byName: 100,
        filter: 'domain-name',
        items: (response, reading) => listOf(response['AccelerationDomains']).map((item) => domainOf(item, reading)),
    },
    '2022-01-06': {
        action: 'DescribeHostsCertificate',
        perPage: 1000,
        byName: 0,
        filter: 'host',
        items: (response, { lists }) => listOf(response['Hosts']).map((item) => legacyDomainOf(item, lists)),
    },
};
const domainReader = (call, version, zoneId, options) => {
    const { action, perPage, byName, filter, items } = hosts_reads[version];
    const api = teoApi(version, action);
    const lists = listReader();
    let known;
    const read = (body, see) => call(api, { ZoneId: zoneId, ...body }, ({ response }) => pageOf(items(response, { lists, ...options }).filter(({ host }) => host !== ''), response, see));
    const seeAll = (see) => readPages(async (Offset) => {
        const page = await read({ Offset, Limit: perPage }, see);
        known ??= page.total;
        return page;
    });
    const all = async () => {
        const domains = [];
        await seeAll((domain) => domains.push(domain));
        domains.sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0));
        return domains.filter(({ host }, i) => host !== domains[i + 1]?.host);
    };
    const these = async (hosts, see) => {
        const pages = known === undefined ? (hosts.length > byName ? 0 : Infinity) : Math.ceil(known / perPage);
        if (pages < Math.ceil(hosts.length / perFilter))
            return seeAll(see);
        await (0,concurrency/* inParallel */.H)((0,concurrency/* lotsOf */.Q)(hosts, perFilter), 8, async (Values) => {
            await read({ Limit: perPage, Filters: [{ Name: filter, Values }] }, see);
        });
    };
    return { all, these };
};
const domainOf = (item, { lists, cnames }) => {
    const certificate = fieldsOf(item['Certificate']);
    return {
        host: (textOf(item['DomainName']) ?? '').toLowerCase(),
        status: textOf(item['DomainStatus']),
        mode: textOf(certificate['Mode']),
        certificates: lists(certificate['List']),
        mutual: mutualOf(certificate),
        cname: cnames ? textOf(item['Cname']) : undefined,
    };
};
const legacyDomainOf = (item, lists) => ({
    host: (textOf(item['Host']) ?? '').toLowerCase(),
    certificates: lists(item['CertInfo']),
    mutual: '',
});
const listReader = () => {
    const listOnce = (0,memo/* madeOnce */.v)((texts) => texts.map(boundOf), JSON.stringify);
    return (value) => listOnce(listOf(value)
        .map((item) => boundFields.map((name) => textOf(item[name])))
        .filter(([id]) => id !== undefined));
};
const boundFields = ['CertId', 'Alias', 'Type', 'SignAlgo', 'ExpireTime', 'Status', 'DeployTime'];
const boundOf = ([id = '', alias, type, algorithm, end, status, deployed]) => ({
    id,
    alias,
    type,
    algorithm: (0,model_certificate/* algorithmOf */.Hy)(algorithm),
    notAfter: timeOf(end),
    status,
    deployed: timeOf(deployed),
});
const mutualOf = (certificate) => {
    const upstream = fieldsOf(certificate['UpstreamCertInfo']);
    const verify = fieldsOf(upstream['UpstreamCertificateVerify']);
    const parts = [
        onOf(certificate['ClientCertInfo']),
        onOf(upstream['UpstreamMutualTLS']),
        textOf(verify['VerificationMode']) === 'custom_ca' ? `ca ${idsOf(verify['CustomCACerts'])}` : '',
    ];
    return parts.some((part) => part !== '') ? parts.join('/') : '';
};
const onOf = (value) => {
    const mutual = fieldsOf(value);
    return mutual['Switch'] === 'on' ? `on ${idsOf(mutual['CertInfos'])}` : '';
};
const idsOf = (value) => listOf(value)
    .map((item) => textOf(item['CertId']) ?? '')
    .toSorted()
    .join(',');

;// CONCATENATED MODULE: ./lib/discover/check.js



const msPerDay = 86_400_000;
const shortestKey = { RSA: 2048, ECC: 225, SM2: 0 };
const checkCertificates = (certificates, options) => {
    const faults = [...certificates.flatMap((certificate) => faultsOf(certificate, options)), ...twins(certificates)];
    const [first] = faults;
    if (first === undefined)
        return;
    const findings = faults.map(([, seen, expected]) => ({ input: options.input ?? 'cert-id', seen, expected }));
    const message = `${findings.map(({ seen, expected }) => `Saw ${seen}; expected ${expected}`).join('. ')}.`;
    throw (0,model_problem/* ownProblem */.O3)(first[0], { message, findings });
};
const faultsOf = (certificate, { hosts, minDaysLeft, now }) => {
    const { id, algorithm, bits, names, notBefore, notAfter } = certificate;
    const faults = [];
    if (notAfter !== undefined && notAfter <= now) {
        faults.push([
            'Certificate.Expired',
            `${id}, which expired on ${(0,util_text/* day */.vd)(notAfter)}`,
            'a certificate that is valid',
        ]);
    }
    else if (notAfter !== undefined && notAfter < now + minDaysLeft * msPerDay) {
        const left = (0,util_text/* count */.U9)(Math.floor((notAfter - now) / msPerDay), 'day');
        faults.push([
            'Certificate.ExpiresSoon',
            `${id}, which is valid for ${left} more, until ${(0,util_text/* day */.vd)(notAfter)}`,
            `at least ${minDaysLeft} days (min-days-left)`,
        ]);
    }
    if (notBefore !== undefined && notBefore > now) {
        faults.push([
            'Certificate.NotYetValid',
            `${id}, which is valid only from ${(0,util_text/* day */.vd)(notBefore)}`,
            'one that is valid now',
        ]);
    }
    if (algorithm !== undefined && bits !== undefined && bits < shortestKey[algorithm]) {
        const least = `at least RSA ${shortestKey.RSA} or ECC ${shortestKey.ECC}`;
        faults.push(['Certificate.KeyTooShort', `${id}, whose key is ${algorithm} with ${bits} bits`, least]);
    }
    if (names !== undefined) {
        const isCovered = (0,model_certificate/* coverage */.vk)(names);
        const bare = hosts.filter((host) => !isCovered(host));
        if (bare.length > 0) {
            faults.push([
                'Certificate.NotCovered',
                `${(0,util_text/* list */.p_)(bare, 20)} (${bare.length} of ${(0,util_text/* count */.U9)(hosts.length, 'host')}), which ${id} does not cover`,
                `hosts that fit its names: ${(0,util_text/* list */.p_)(names, 20)}`,
            ]);
        }
    }
    return faults;
};
const twins = (certificates) => {
    const firsts = new Map();
    return certificates.flatMap(({ id, algorithm }) => {
        if (algorithm === undefined)
            return [];
        const twin = firsts.get(algorithm);
        if (twin === undefined) {
            firsts.set(algorithm, id);
            return [];
        }
        return [
            [
                'Certificate.SameAlgorithm',
                `${twin} and ${id}, both ${algorithm}`,
                'at most one certificate of each algorithm',
            ],
        ];
    });
};

;// CONCATENATED MODULE: ./lib/discover/discover.js







const readAll = async (call, inputs, zoneId, now, warn, pairs) => {
    const reader = domainReader(call, inputs.apiVersion, zoneId, { cnames: inputs.waitFor === 'served' });
    let brought;
    let site;
    await (0,concurrency/* inParallel */.H)([
        async () => {
            brought = await readBrought(call, inputs, zoneId, now, warn, pairs);
        },
        async () => {
            site = await readSite(reader, inputs, warn);
        },
    ], 2, (read) => read());
    if (brought === undefined)
        throw new TypeError('nothing was read');
    const selection = discover_select(inputs, site, brought);
    checkCertificates(brought.certificates, {
        hosts: selection.hosts.map(({ host }) => host),
        minDaysLeft: inputs.minDaysLeft,
        input: pairs.length > 0 ? 'certificate' : 'cert-id',
        now,
    });
    return { ...brought, ...selection, reader: site === undefined ? undefined : reader };
};
const readSite = async (reader, { target }, warn) => {
    try {
        if (target.match !== 'exact')
            return await reader.all();
        if (target.hosts.length === 0)
            return [];
        const domains = [];
        await reader.these(target.hosts, (domain) => domains.push(domain));
        return unknownHosts(target.hosts, domains).length === 0 ? domains : await reader.all();
    }
    catch (thrown) {
        const problem = (0,model_problem/* toProblem */.H8)(thrown);
        if (!isForbidden(problem))
            throw problem;
        if (target.match !== 'exact')
            throw cannotMatch(problem, target.match);
        warn('Hosts not read', `EdgeOne does not let this key read the hosts of the site (${problem.code}; a Pages site never does, otherwise allow teo:DescribeAccelerationDomains). So this run cannot tell whether the hosts exist or have the certificate already, keeps no certificate of another algorithm, and ends when EdgeOne has accepted the change.`);
        return undefined;
    }
};
const cannotMatch = (problem, match) => (0,model_problem/* ownProblem */.O3)('Input.MatchUnreadable', {
    message: `match: ${match} needs the list of the site's hosts, and EdgeOne refused it (${problem.code})`,
    requestId: problem.requestId,
    cause: problem,
});
const discover_select = (inputs, site, { certificates }) => {
    const { target } = inputs;
    if (target.match !== 'exact') {
        const nameless = certificates.filter(({ names }) => names === undefined);
        if (target.match === 'certificate' && (nameless.length > 0 || certificates.length === 0)) {
            const ids = nameless.map(({ id }) => id).join(', ');
            throw (0,model_problem/* ownProblem */.O3)('Certificate.NamesUnknown', {
                message: `match: certificate needs the names of ${ids}, which are not known`,
            });
        }
        return selectMatching(target, site ?? [], certificates);
    }
    if (site === undefined)
        return { hosts: target.hosts.map((host) => ({ host })), notes: [] };
    return selectExact(target.hosts, site);
};

;// CONCATENATED MODULE: ./lib/discover/zone.js




const findZone = async (call, { zoneId, zoneName, apiVersion }) => {
    if (zoneId !== undefined)
        return zoneId;
    const name = zoneName ?? '';
    const named = (await readZones(call, apiVersion, name)).filter(({ status }) => status !== 'initializing');
    const [zone] = named;
    if (zone === undefined) {
        const all = await readZones(call, apiVersion);
        const near = new Set(nearest(name, new Set(all.map((one) => one.name)), 5));
        const shown = all.filter((one) => near.size === 0 || near.has(one.name));
        throw wrongName(`“${name}”, which is the name of no site in use`, shown, 'perhaps');
    }
    if (named.length > 1)
        throw wrongName(`“${name}”, which is the name of ${named.length} sites`, named, 'one of these as zone-id:');
    if (zone.lock !== undefined && zone.lock !== 'enable') {
        const why = zone.lock === 'plan_migrate' ? 'its plan is being changed' : 'it is locked';
        throw (0,model_problem/* ownProblem */.O3)('Input.ZoneLocked', {
            message: `The site ${name} (${zone.id}) takes no changes: ${why} (${zone.lock})`,
        });
    }
    return zone.id;
};
const wrongName = (seen, zones, lead) => {
    const each = zones.map(({ id, name, alias, type, status }) => `${id} (${[name, alias, type, status].filter((part) => part !== undefined).join(', ')})`);
    const expected = each.length === 0 ? 'a site of this account; the key sees none' : `${lead} ${(0,util_text/* list */.p_)(each, 10)}`;
    return (0,model_problem/* ownProblem */.O3)('Input.ZoneName', {
        message: `Saw ${seen}; expected ${expected}`,
        findings: [{ input: 'zone-name', seen, expected }],
    });
};

// EXTERNAL MODULE: ./lib/tencent/endpoint.js
var tencent_endpoint = __nccwpck_require__(884);
;// CONCATENATED MODULE: ./lib/inputs/secrets.js

const variable = (name) => `INPUT_${name.toUpperCase()}`;
const blank = (value) => value === undefined || value.trim() === '';
const secretsIn = (env) => {
    const keys = Object.entries(keyVariables).flatMap(([name, variables]) => [variable(name), ...variables]);
    const lines = keys.flatMap((key) => (blank(env[key]) ? [] : (env[key] ?? '').split(/\r?\n/)));
    const pem = [variable('certificate'), variable('private-key')].flatMap((key) => keyLinesIn(env[key] ?? ''));
    const all = [...lines.flatMap((line) => (blank(line) ? [] : [line, line.trim()])), ...pem];
    return [...new Set(all)];
};
const isBare = (line, before = '') => /^[A-Za-z0-9+/]{40,}={0,2}$/.test(line) ||
    (/^[A-Za-z0-9+/]{40,}$/.test(before) && /^[A-Za-z0-9+/]{4,}={0,2}$/.test(line));
const keyLinesIn = (text) => {
    const keys = [...text.matchAll(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----([\s\S]*?)(?:-----END|$)/g)];
    const outside = text.replace(/-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, '');
    return [
        ...keys.flatMap(([, body = '']) => linesOf(body)).filter((line) => line.length >= 4),
        ...linesOf(outside).filter((line, i, all) => isBare(line, all[i - 1])),
    ];
};
const linesOf = (text) => text.split(/\\r|\\n|[\r\n]/).map((line) => line.trim());

;// CONCATENATED MODULE: ./lib/inputs/values.js




const quote = (text) => (text === '' ? 'nothing' : `“${(0,util_text/* brief */.dh)(text, 80)}”`);
const matches = ['exact', 'pattern', 'certificate'];
const parseZone = (id, name, wrong) => {
    if (id !== undefined && !/^zone-[0-9A-Za-z-]{1,64}$/.test(id)) {
        wrong('zone-id', quote(id), 'a site ID from the EdgeOne console, such as zone-2fgd17m17xw');
    }
    if (id !== undefined && name !== undefined)
        wrong('zone-name', quote(name), 'nothing beside zone-id: one of the two');
    if (id === undefined && name === undefined) {
        wrong('zone-id', 'nothing', 'a site ID such as zone-2fgd17m17xw, or its name in zone-name');
    }
    if (name === undefined)
        return { zoneId: id, zoneName: undefined };
    const parsed = parseHost(name);
    if ('value' in parsed)
        return { zoneId: id, zoneName: parsed.value };
    wrong('zone-name', `${quote(name)}, ${parsed.what}`, 'the name of a site, such as example.com');
    return { zoneId: id, zoneName: name };
};
const parseTarget = (match, text, needed, wrong) => {
    const names = [...new Set(entries(text))];
    if (names.length === 0 && needed && match !== 'certificate') {
        wrong('hosts', quote(text), match === 'exact' ? 'at least one host name' : 'at least one pattern');
    }
    const read = (parsed, entry) => {
        if ('value' in parsed)
            return [parsed.value];
        wrong('hosts', `${quote(entry)}, ${parsed.what}`, parsed.expected);
        return [];
    };
    if (match === 'exact') {
        const hosts = names.flatMap((entry) => read(parseHost(entry), entry));
        return { match, hosts: [...new Set(hosts)] };
    }
    const patterns = names.flatMap((entry) => read(parsePattern(entry), entry));
    if (match === 'pattern' && patterns.length > 0 && patterns.every(({ excludes }) => excludes)) {
        wrong('hosts', quote(text), 'at least one pattern without !');
    }
    return { match, patterns };
};
const mostCertificates = model_certificate/* algorithms */.Rz.length;
const parseCertificates = (text, mode, hasPem, wrong) => {
    const ids = [...new Set(entries(text))];
    const given = quote(text);
    if (mode !== 'sslcert') {
        if (ids.length > 0)
            wrong('cert-id', given, `nothing: mode ${mode} takes no certificate`);
        return [];
    }
    if (hasPem) {
        if (ids.length > 0)
            wrong('cert-id', given, 'nothing beside certificate: one of the two');
        return [];
    }
    if (ids.length === 0) {
        wrong('cert-id', 'nothing (an expression that gave nothing?)', 'a certificate ID, or PEM in certificate; the default certificate takes the word default');
    }
    else if (ids.includes('default')) {
        if (ids.length > 1)
            wrong('cert-id', given, 'either certificate IDs or the word default');
        return 'default';
    }
    else if (ids.length > mostCertificates) {
        wrong('cert-id', `${ids.length} IDs`, 'at most one per algorithm: RSA, ECC, SM2');
    }
    for (const id of ids) {
        if (!/^[0-9A-Za-z_-]{1,64}$/.test(id))
            wrong('cert-id', quote(id), 'letters, digits and hyphens, such as J2JqATrt');
    }
    return ids;
};
const parseConnectTo = (text, wrong) => {
    if (text === '')
        return undefined;
    if (text === 'cname')
        return 'cname';
    const url = URL.parse(`https://${(0,external_node_net_.isIPv6)(text) ? `[${text}]` : text}`);
    const isBare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
    if (!isBare || !/^[\w.:[\]-]+$/.test(text)) {
        wrong('connect-to', quote(text), 'cname, or a host or address, with a port if it is not 443, such as 203.0.113.7:8443');
        return undefined;
    }
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 443 };
};

;// CONCATENATED MODULE: ./lib/inputs/credentials.js



const parseAccess = (given) => {
    const { get, wrong } = given;
    const [secretId, secretKey, token] = [
        keyPart(given, 'secret-id'),
        keyPart(given, 'secret-key'),
        keyPart(given, 'session-token'),
    ];
    const key = {
        secretId: secretId ?? '',
        secretKey: secretKey ?? '',
        ...(token === undefined ? {} : { token }),
    };
    const hasKey = secretId !== undefined || secretKey !== undefined;
    if (get('role-arn') === '') {
        if (get('oidc-provider') !== '')
            wrong('oidc-provider', quote(get('oidc-provider')), 'nothing without role-arn');
        needKey(given, key);
        return { kind: 'key', key };
    }
    const role = parseRole(given);
    const provider = get('oidc-provider');
    if (hasKey) {
        if (provider !== '')
            wrong('oidc-provider', quote(provider), 'nothing beside a key: with one, the role is taken by it');
        needKey(given, key);
        return { kind: 'role', key, role };
    }
    if (!/^[\w.@-]{1,128}$/.test(provider)) {
        wrong('oidc-provider', quote(provider), 'the name of the identity provider in CAM (or a key, to take the role by it)');
    }
    return { kind: 'oidc', provider, audience: get('oidc-audience'), role };
};
const keyPart = ({ env, wrong }, name) => {
    const raw = [variable(name), ...keyVariables[name]]
        .map((from) => env[from] ?? '')
        .find((value) => value.trim() !== '');
    if (raw === undefined)
        return undefined;
    const value = raw.trim();
    if (value !== raw)
        wrong(name, 'a value (not shown) with blanks or line breaks around it', 'the key alone, as CAM shows it');
    else if (/[^\x21-\x7e]/.test(value)) {
        wrong(name, 'a value (not shown) with blanks or other characters that no key has', 'the key as CAM shows it');
    }
    else if (name === 'secret-key' && /^(AKID|IKID)/.test(value)) {
        wrong(name, 'a SecretId (not shown): it begins with AKID or IKID', 'the SecretKey that belongs to it');
    }
    return value;
};
const needKey = ({ wrong }, key) => {
    for (const [name, value] of [
        ['secret-id', key.secretId],
        ['secret-key', key.secretKey],
    ]) {
        if (value === '')
            wrong(name, 'nothing', `a key, here or in ${keyVariables[name].join(', ')}`);
    }
};
const longestLife = 43_200;
const parseRole = ({ env, get, wrong }) => {
    const arn = get('role-arn');
    if (!/^qcs::cam::uin\/\d+:(roleName\/[\w+=,.@-]+|role\/\d+)$/.test(arn)) {
        wrong('role-arn', quote(arn), 'qcs::cam::uin/<UIN>:roleName/<name>, as the CAM console shows it for the role');
    }
    const run = `github-${env['GITHUB_RUN_ID'] ?? 'run'}-${env['GITHUB_RUN_ATTEMPT'] ?? '1'}`;
    const session = get('role-session-name') || run;
    if (!/^[\w+=,.@-]{2,128}$/.test(session)) {
        wrong('role-session-name', quote(session), '2 to 128 letters, digits and any of + = , . @ _ -');
    }
    const seconds = Number(get('role-duration-seconds'));
    if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > longestLife) {
        wrong('role-duration-seconds', quote(get('role-duration-seconds')), `a whole number of seconds, at most ${longestLife}`);
    }
    return { arn, session, seconds };
};

;// CONCATENATED MODULE: ./lib/inputs/inputs.js









const ifNoHosts = ['error', 'warn', 'ignore'];
const languages = ['en-US', 'zh-CN'];
const waits = ['deployed', 'accepted', 'served'];
const afterlives = ['keep', 'mute', 'delete'];
const inputDefaults = {
    'zone-id': '',
    'zone-name': '',
    hosts: '',
    match: 'exact',
    'if-no-hosts': 'error',
    'cert-id': '',
    certificate: '',
    'private-key': '',
    'cert-alias': '',
    mode: 'sslcert',
    'keep-other-algorithms': 'true',
    'min-days-left': '0',
    'secret-id': '',
    'secret-key': '',
    'session-token': '',
    'role-arn': '',
    'oidc-provider': '',
    'oidc-audience': 'sts.tencentcloudapi.com',
    'role-session-name': '',
    'role-duration-seconds': '3600',
    'allowed-account-ids': '',
    region: '',
    site: 'china',
    endpoint: '',
    'api-version': '2022-09-01',
    language: 'en-US',
    'dry-run': 'false',
    'wait-for': 'deployed',
    'wait-minutes': '20',
    'connect-to': '',
    rollback: 'false',
    'old-certificates': 'keep',
};
const unknownInputs = (env) => {
    const names = Object.keys(inputDefaults);
    return Object.keys(env)
        .filter((key) => key.startsWith('INPUT_'))
        .map((key) => key.slice('INPUT_'.length).toLowerCase())
        .filter((name) => !names.includes(name))
        .map((name) => {
        const nearest = (0,mod/* closest */.kp)(name, names);
        const hint = (0,mod/* distance */.Io)(name, nearest) <= nearest.length / 2 ? ` The nearest is “${nearest}”.` : '';
        return `This action has no input “${(0,util_text/* brief */.dh)(name, 60)}”: it does nothing.${hint}`;
    });
};
const parseInputs = (env) => {
    const findings = [];
    const wrong = (input, seen, expected) => findings.push({ input, seen, expected });
    const get = (name) => (env[variable(name)] ?? '').trim() || inputDefaults[name];
    const shown = (name) => quote(get(name));
    const choice = (name, allowed) => {
        const found = allowed.find((one) => one === get(name));
        if (found === undefined)
            wrong(name, shown(name), allowed.join(' or '));
        return found ?? allowed[0];
    };
    const flag = (name) => {
        const value = /^(?:(true|True|TRUE)|false|False|FALSE)$/.exec(get(name));
        if (value === null)
            wrong(name, shown(name), 'true or false');
        return value?.[1] !== undefined;
    };
    const quantity = (name, fits, expected) => {
        const value = /^\d+(\.\d+)?$/.test(get(name)) ? Number(get(name)) : Number.NaN;
        if (!fits(value))
            wrong(name, shown(name), expected);
        return value;
    };
    const zoneId = get('zone-id') || undefined;
    const zoneName = get('zone-name') || undefined;
    const zone = parseZone(zoneId, zoneName, wrong);
    const match = choice('match', matches);
    const noHosts = choice('if-no-hosts', ifNoHosts);
    const target = parseTarget(match, get('hosts'), noHosts === 'error', wrong);
    const apiVersion = choice('api-version', apiVersions);
    const mode = choice('mode', modes);
    const pem = get('certificate') === '' ? undefined : { certificate: get('certificate'), privateKey: get('private-key') };
    const certificates = parseCertificates(get('cert-id'), mode, pem !== undefined, wrong);
    if (pem !== undefined && mode !== 'sslcert')
        wrong('certificate', 'a certificate', `nothing: mode ${mode} takes none`);
    if (pem === undefined && get('private-key') !== '')
        wrong('private-key', 'a key (not shown)', 'nothing without certificate');
    const alias = get('cert-alias') || undefined;
    if (alias !== undefined && (pem === undefined || alias.length > 200)) {
        wrong('cert-alias', shown('cert-alias'), 'an alias of at most 200 characters, only with certificate');
    }
    if (mode !== 'sslcert') {
        if (apiVersion === '2022-01-06')
            wrong('mode', shown('mode'), 'sslcert: api-version 2022-01-06 has no modes');
        if (match === 'certificate')
            wrong('match', 'certificate', `exact or pattern: mode ${mode} brings no certificate`);
    }
    if (apiVersion === '2022-01-06' && certificates === 'default' && match === 'certificate') {
        wrong('match', 'certificate', 'exact or pattern: api-version 2022-01-06 does not tell the names of the default certificate');
    }
    const keepOther = flag('keep-other-algorithms');
    const minDaysLeft = quantity('min-days-left', (n) => n >= 0 && n <= 3650, 'a number of days, at most 3650');
    const access = parseAccess({ env, get, wrong });
    const accounts = entries(get('allowed-account-ids'));
    for (const account of accounts) {
        if (!/^\d{6,20}$/.test(account))
            wrong('allowed-account-ids', quote(account), 'the UIN of an account: digits, such as 100000000001');
    }
    const site = choice('site', tencent_endpoint/* siteNames */.qf);
    const region = get('region') || (site === 'china' ? 'ap-guangzhou' : 'ap-singapore');
    if (!/^[a-z]{2,4}(-[a-z0-9]+)+$/.test(region))
        wrong('region', quote(region), 'a region of STS, such as ap-guangzhou');
    const endpoint = get('endpoint') || undefined;
    const fault = endpoint === undefined ? undefined : (0,tencent_endpoint/* endpointFault */.OO)(endpoint);
    if (fault !== undefined)
        wrong('endpoint', quote(get('endpoint').replace(/^(.*?:\/\/)?.*@/s, '$1***@')), fault);
    const language = choice('language', languages);
    const waitFor = choice('wait-for', waits);
    const connectTo = parseConnectTo(get('connect-to'), wrong);
    if (connectTo !== undefined && waitFor !== 'served')
        wrong('connect-to', shown('connect-to'), 'nothing without wait-for: served');
    const rollback = flag('rollback');
    const oldCertificates = choice('old-certificates', afterlives);
    if (oldCertificates !== 'keep' && waitFor === 'accepted') {
        wrong('old-certificates', oldCertificates, 'keep: with wait-for accepted nothing is verified, after which it could be done');
    }
    const dryRun = flag('dry-run');
    const minutes = quantity('wait-minutes', (n) => n > 0 && n <= longestWait, `a number above 0, at most ${longestWait}`);
    if (findings.length > 0) {
        const each = findings.map(model_problem/* findingText */.NK);
        throw (0,model_problem/* ownProblem */.O3)('Input.Invalid', {
            message: `${(0,util_text/* count */.U9)(findings.length, 'wrong input value')}. ${each.join('. ')}.`,
            findings,
        });
    }
    return {
        ...zone,
        target,
        ifNoHosts: noHosts,
        mode,
        certificates,
        pem,
        alias,
        keepOther,
        minDaysLeft,
        access,
        accounts,
        region,
        site,
        endpoint,
        apiVersion,
        language,
        dryRun,
        waitFor,
        connectTo,
        rollback,
        oldCertificates,
        waitMs: minutes * 60_000,
    };
};
const longestWait = 360;

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: ./lib/pem/chain.js



const attempt = (make) => {
    try {
        return make();
    }
    catch {
        return undefined;
    }
};
const pairUp = (given, givenKeys) => {
    const certificates = distinct(given, (one) => one.fingerprint256);
    const keys = distinct(givenKeys, ({ object }) => (0,external_node_crypto_.createPublicKey)(object).export({ type: 'spki', format: 'pem' }));
    const matches = keys.map((key) => ({ key, leaves: leavesOf(key, certificates) }));
    const leaves = new Set(matches.flatMap((match) => match.leaves));
    const findings = mismatches(certificates, matches, leaves);
    if (findings.length > 0)
        return findings;
    const chains = new Map([...leaves].map((leaf) => [leaf, chainFrom(leaf, certificates)]));
    const used = new Set([...chains.values()].flat());
    const unused = certificates.filter((one) => !used.has(one));
    const pairs = matches.flatMap(({ key, leaves: own }) => own.map((leaf) => pairOf(key, leaf, chains.get(leaf) ?? [leaf], unused)));
    const rank = ({ facts }) => Number(facts.algorithm !== 'RSA');
    pairs.sort((a, b) => rank(a) - rank(b) || (a.sha256 < b.sha256 ? -1 : 1));
    return { pairs, unused: unused.map((one) => titleOf(one)).sort() };
};
const distinct = (all, identity) => [...Map.groupBy(all, identity).values()].flatMap((same) => same.slice(0, 1));
const leavesOf = ({ object }, certificates) => {
    const fitting = certificates.filter((one) => attempt(() => one.checkPrivateKey(object)));
    const leaves = fitting.filter((one) => !one.ca);
    return leaves.length > 0 ? leaves : fitting;
};
const mismatches = (certificates, matches, paired) => {
    if (certificates.length === 0) {
        return [{ input: 'certificate', seen: 'no certificate', expected: 'the certificate of the key, and its chain' }];
    }
    const lonely = matches.flatMap(({ key, leaves }) => {
        if (leaves.length > 0)
            return [];
        const seen = `${kindOf(key.object)} in ${key.at.place}, which belongs to none of the certificates`;
        return [{ input: key.at.input, seen, expected: 'the key with which the certificate was requested' }];
    });
    const keyless = certificates
        .filter((one) => !paired.has(one) && !one.ca && !certificates.some((other) => isIssuedBy(other, one)))
        .map((one) => {
        const what = `the certificate for ${titleOf(one)} (until ${(0,util_text/* day */.vd)(Date.parse(one.validTo))})`;
        return { input: 'private-key', seen: `no key for ${what}`, expected: 'the private key of this certificate' };
    });
    if (matches.length === 0 && keyless.length === 0) {
        return [{ input: 'private-key', seen: 'no private key', expected: 'the private key of the certificate' }];
    }
    return [...lonely, ...keyless];
};
const isIssuedBy = (certificate, issuer) => attempt(() => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)) ?? false;
const isSelfIssued = (certificate) => certificate.checkIssued(certificate);
const chainFrom = (leaf, certificates) => {
    const chain = [leaf];
    for (let last = leaf; !isSelfIssued(last);) {
        const issuers = certificates.filter((one) => !chain.includes(one) && isIssuedBy(last, one));
        const [next] = issuers.sort((a, b) => Number(isSelfIssued(b)) - Number(isSelfIssued(a)) ||
            Date.parse(b.validTo) - Date.parse(a.validTo) ||
            (a.fingerprint256 < b.fingerprint256 ? -1 : 1));
        if (next === undefined)
            break;
        chain.push(next);
        last = next;
    }
    return chain;
};
const pairOf = ({ object, form }, leaf, chain, unused) => {
    const { asymmetricKeyType, asymmetricKeyDetails: details } = object;
    const isRsa = asymmetricKeyType === 'rsa';
    const last = chain.at(-1) ?? leaf;
    const isGap = chain.length === 1 || unused.some((one) => !chain.some(({ subject }) => subject === one.subject));
    return {
        facts: {
            algorithm: isRsa ? 'RSA' : 'ECC',
            bits: isRsa ? details?.modulusLength : (0,model_certificate/* bitsOf */.e4)(details?.namedCurve),
            names: chain_namesOf(leaf),
            notBefore: Date.parse(leaf.validFrom),
            notAfter: Date.parse(leaf.validTo),
        },
        sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
        subject: titleOf(leaf),
        chain: chain
            .filter((one) => one === leaf || !isSelfIssued(one))
            .map(String)
            .join(''),
        key: pemOf(object, form),
        ...(isGap && !isSelfIssued(last) ? { missingIssuer: shortName(last.issuer) } : {}),
    };
};
const pemOf = (object, form) => {
    if (form === 'pkcs1')
        return object.export({ type: 'pkcs1', format: 'pem' }).toString();
    return object.export({ type: form, format: 'pem' }).toString();
};
const kindOf = ({ asymmetricKeyType, asymmetricKeyDetails: details }) => asymmetricKeyType === 'rsa' ? `an RSA key of ${details?.modulusLength} bits` : `an EC key (${details?.namedCurve})`;
const chain_namesOf = ({ subjectAltName }) => {
    const all = (subjectAltName ?? '').match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? [];
    return all.flatMap((entry) => /^ ?DNS:([^"]+)$/.exec(entry)?.[1]?.toLowerCase() ?? []);
};
const titleOf = (certificate) => chain_namesOf(certificate)[0] ?? shortName(certificate.subject);
const shortName = (name) => {
    const lines = (name ?? '').split('\n');
    const main = ['CN=', 'O='].flatMap((kind) => lines.find((line) => line.startsWith(kind)) ?? []);
    return (0,util_text/* brief */.dh)((main.length > 0 ? main : lines).join(', '), 120) || 'no name';
};

;// CONCATENATED MODULE: ./lib/pem/read.js





const isPem = (value) => /-{3}|BEGIN |^\s*\{|PuTTY|^\s*(?:MI|LS0t)[A-Za-z0-9+/]{20}/.test(value) ||
    control.test(value) ||
    value.split(/\s+/).some((word) => /^[0-9a-f]{32,}$|^(?=.*[A-Z])[A-Za-z0-9+/]{40,}={0,2}$/.test(word));
const control = /[[\p{Cc}\ufffd]--\s]/v;
const pathsOf = (value) => value
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
const readPairs = (sources) => {
    const read = sources.map(readSource);
    const faults = read.flatMap(({ findings }) => findings);
    if (faults.length > 0)
        throw problemOf('Certificate.Unreadable', faults);
    const certificates = read.flatMap((one) => one.certificates);
    const keys = read.flatMap((one) => one.keys);
    const made = pairUp(certificates, keys);
    if (!('pairs' in made))
        throw problemOf('Certificate.KeyMismatch', made);
    return made;
};
const problemOf = (code, all) => {
    const findings = [...new Map(all.map((one) => [`${one.input}: ${one.seen}`, one])).values()];
    const each = findings.map(model_problem/* findingText */.NK);
    return (0,model_problem/* ownProblem */.O3)(code, { message: (0,util_text/* clip */.$Q)(`${each.join('. ')}.`, 4000), findings });
};
const boundary = /-{5}(BEGIN|END) ([A-Z0-9 ]{1,40})-{5}/g;
const written = /\\+[nr]/g;
const brokenBoundary = /-{2,} ?(?:BEGIN|END)\b/i;
const readSource = ({ input, name, text }) => {
    const read = { certificates: [], keys: [], findings: [] };
    const place = name === 'the text' ? name : `“${(0,util_text/* brief */.dh)(name, 200)}”`;
    const plain = text.replace(written, '\n');
    const wrong = ([seen, expected]) => read.findings.push({ input, seen: `${seen} in ${place}`, expected });
    let open;
    let at = 0;
    for (const match of plain.matchAll(boundary)) {
        const [whole, side, label = ''] = match;
        const before = plain.slice(at, match.index);
        at = match.index + whole.length;
        if (open === undefined ? side === 'END' : side === 'BEGIN' || label !== open)
            wrong(unpaired(open, side, label));
        else if (open === undefined && brokenBoundary.test(before))
            wrong(halfBoundary);
        else if (open !== undefined && !ignored.has(open)) {
            const block = readBlock(open, before);
            if (block instanceof external_node_crypto_.X509Certificate)
                read.certificates.push(block);
            else if ('object' in block)
                read.keys.push({ ...block, at: { input, place } });
            else
                wrong(block);
        }
        open = side === 'BEGIN' ? label : undefined;
    }
    if (open !== undefined)
        wrong(unpaired(open, 'BEGIN', open));
    else if (brokenBoundary.test(plain.slice(at)))
        wrong(halfBoundary);
    else if (read.certificates.length + read.keys.length + read.findings.length === 0)
        wrong(insteadOf(plain));
    return read;
};
const again = 'the whole text, as the issuer or the ACME client wrote it';
const halfBoundary = ['a line BEGIN or END that is not whole', 'lines -----BEGIN …----- and -----END …-----'];
const unpaired = (open, side, label) => {
    if (open === undefined)
        return [`${nounOf(label)} that ends and does not begin`, again];
    return [
        `${nounOf(open)} ${side === 'BEGIN' ? 'that begins and does not end' : 'whose beginning and end differ'}`,
        again,
    ];
};
const nounOf = (label) => {
    if (label.endsWith('PRIVATE KEY'))
        return 'a private key';
    return isCertificate(label) ? 'a certificate' : 'a PEM block';
};
const isCertificate = (label) => /^(X509 )?CERTIFICATE$/.test(label);
const ignored = new Set(['EC PARAMETERS', 'DH PARAMETERS']);
const read_forms = new Map([
    ['PRIVATE KEY', 'pkcs8'],
    ['RSA PRIVATE KEY', 'pkcs1'],
    ['EC PRIVATE KEY', 'sec1'],
]);
const encrypted = [
    'an encrypted private key',
    'a key without a passphrase: `openssl pkey -in … -out …` removes it',
];
const taken = 'an RSA or EC key: EdgeOne takes no others';
const others = [
    [/^ENCRYPTED PRIVATE KEY$/, encrypted],
    [/CERTIFICATE REQUEST$/, ['a certificate request (CSR)', 'the certificate that was issued for it']],
    [/PUBLIC KEY$/, ['a public key', 'the private key']],
    [
        /^TRUSTED CERTIFICATE$/,
        ['a trusted certificate of OpenSSL', 'a certificate: `openssl x509 -in … -out …` makes one'],
    ],
    [/^(PKCS7|CMS)$/, ['a PKCS#7 bundle', 'certificates: `openssl pkcs7 -print_certs -in … -out …` takes them out']],
    [/^OPENSSH PRIVATE KEY$/, ['a key for SSH', 'the private key of the certificate']],
    [/PRIVATE KEY$/, ['a private key of another kind', taken]],
];
const readBlock = (label, body) => {
    if (/Proc-Type:[^\n]*ENCRYPTED|DEK-Info:/i.test(body))
        return encrypted;
    const form = read_forms.get(label);
    if (form === undefined && !isCertificate(label)) {
        const other = others.find(([ending]) => ending.test(label));
        return other?.[1] ?? ['a PEM block that is no certificate and no private key', 'certificates and a private key'];
    }
    const base64 = body.replace(/^\s*(?:[A-Z][\w-]*: [^\n]*\n)+/i, '').replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) {
        return [`${nounOf(label)} that is damaged (its text is no base64)`, again];
    }
    const der = external_node_buffer_.Buffer.from(base64, 'base64');
    return form === undefined ? read_certificateOf(der) : keyOf(der, form);
};
const read_certificateOf = (der) => {
    const certificate = attempt(() => new external_node_crypto_.X509Certificate(der));
    if (certificate?.raw.equals(der) &&
        !Number.isNaN(Date.parse(certificate.validFrom) + Date.parse(certificate.validTo))) {
        return certificate;
    }
    return ['a certificate that cannot be read', again];
};
const keyOf = (der, type) => {
    const object = attempt(() => (0,external_node_crypto_.createPrivateKey)({ key: der, format: 'der', type }));
    if (object === undefined)
        return ['a private key that cannot be read', again];
    const kind = object.asymmetricKeyType;
    if ((kind !== 'rsa' && kind !== 'ec') || object.asymmetricKeyDetails?.namedCurve === 'SM2') {
        return [`a private key of another kind${kind === undefined || kind === 'ec' ? '' : ` (${kind})`}`, taken];
    }
    if (!isWhole(object))
        return ['a private key that is damaged (it does not work)', again];
    return {
        object,
        form: kind === 'rsa' && type === 'sec1' ? 'pkcs1' : kind === 'ec' && type === 'pkcs1' ? 'sec1' : type,
    };
};
const isWhole = (key) => {
    const data = external_node_buffer_.Buffer.from('edgeone-certificate');
    return attempt(() => (0,external_node_crypto_.verify)('sha256', data, (0,external_node_crypto_.createPublicKey)(key), (0,external_node_crypto_.sign)('sha256', data, key))) ?? false;
};
const insteadOf = (text) => {
    if (text.trim() === '')
        return ['nothing', 'PEM; a secret that is not set, or not given to this job, is empty'];
    if (/^(?:\xfe\xed\xfe\xed|\xce\xce\xce\xce|\ufffd{4})/.test(text)) {
        return ['a Java keystore', 'PEM: `keytool -importkeystore` to PKCS#12, then `openssl pkcs12 -nodes` make it'];
    }
    const head = text.slice(0, 8);
    if (head.startsWith('0') && head.includes('\x02\x01\x03'))
        return ['a PKCS#12 file', 'PEM: `openssl pkcs12 -nodes -in … -out …` makes it'];
    if (/^0[\x80-\x84\ufffd]/.test(text) || (head.startsWith('0') && head.includes('\x02\x01'))) {
        return ['a DER file', 'PEM: `openssl x509 -inform der` or `openssl pkey -inform der` makes it'];
    }
    if (control.test(text))
        return ['binary content', 'PEM, which is text'];
    const start = text.trim();
    if (/^LS0tL/.test(start))
        return ['PEM that is encoded in base64 once more', 'PEM: decode it before this step'];
    if (/^MI[\w+/]/.test(start)) {
        return [
            'base64 without lines BEGIN and END',
            'PEM, with its first and last line -----BEGIN …----- and -----END …-----',
        ];
    }
    return ['no certificate and no private key', 'PEM, with lines -----BEGIN …----- and -----END …-----'];
};

;// CONCATENATED MODULE: ./lib/pem/load.js


const loadPairs = async ({ certificate, privateKey }, readFile, mask) => {
    const sources = [];
    for (const [input, value] of [
        ['certificate', certificate],
        ['private-key', privateKey],
    ]) {
        if (isPem(value))
            sources.push({ input, name: 'the text', text: value });
        else
            for (const name of pathsOf(value))
                sources.push({ input, name, text: await readFile(name) });
    }
    for (const { text } of sources)
        for (const line of keyLinesIn(text))
            mask(line);
    return readPairs(sources);
};

// EXTERNAL MODULE: ./lib/runner/sanitize.js
var sanitize = __nccwpck_require__(887);
;// CONCATENATED MODULE: ./lib/util/version.js
const version = '0.1.0';

;// CONCATENATED MODULE: ./lib/tencent/rate-limit.js
const margin = 1.04;
const second = 1025;
const pacer = (clock) => {
    const lanes = new Map();
    return async (key, perSecond, signal) => {
        const lane = lanes.get(key) ?? { nextFree: 0, departures: [], asked: 0, answered: 0, fastest: Infinity };
        lanes.set(key, lane);
        const start = Math.max(clock.now(), lane.nextFree);
        lane.nextFree = start + (1000 / perSecond) * margin;
        const slot = lane.asked++ % perSecond;
        if (start > clock.now())
            await clock.sleep(start - clock.now(), signal);
        const before = lane.departures[slot];
        const way = lane.answered > perSecond ? lane.fastest : 0;
        const arrived = before === undefined ? -Infinity : before.at + Math.max(0, before.took - way);
        const held = arrived + second - clock.now();
        if (held > 0)
            await clock.sleep(held, signal);
        const departure = { at: clock.now(), took: 0 };
        lane.departures[slot] = departure;
        return () => {
            departure.took = clock.now() - departure.at;
            lane.answered += 1;
            lane.fastest = Math.min(lane.fastest, departure.took);
        };
    };
};

;// CONCATENATED MODULE: ./lib/errors/common.js
const common = {
    ActionOffline: {
        meaning: 'Tencent Cloud has withdrawn this API call, so it is no longer answered.',
        fix: 'Set `api-version` to `2022-09-01`, the default, if the workflow asks for `2022-01-06`. If the workflow uses ' +
            'the default already, move to a newer release of this GitHub Action.',
    },
    'AuthFailure.InvalidAuthorization': {
        meaning: 'The `Authorization` header did not arrive as a valid signature header: the key holds stray characters, or ' +
            'something between the runner and Tencent Cloud rewrote the request.',
        fix: 'Store `secret-id` and `secret-key` anew as secrets, without quotes, blanks or line breaks. If `endpoint` or a ' +
            'proxy is in use, make it pass the headers on unchanged.',
    },
    'AuthFailure.InvalidSecretId': {
        meaning: 'The value of `secret-id` is not the ID of a Tencent Cloud API key.',
        fix: 'Open the API keys of the account or CAM user in the CAM console and store `SecretId` and `SecretKey` as ' +
            '`secret-id` and `secret-key`. An account UIN, an APPID or the key of another product will not do.',
    },
    'AuthFailure.MFAFailure': {
        meaning: 'The account demands multi-factor authentication for this call, and a workflow cannot give it.',
        fix: 'In the CAM console, create a CAM user for the workflow whose API calls need no MFA, and pass its key as ' +
            '`secret-id` and `secret-key`.',
    },
    'AuthFailure.SecretIdNotFound': {
        meaning: 'Tencent Cloud knows no key with this `secret-id`: it was deleted, disabled or mistyped, it is temporary and ' +
            'came without its token, or it belongs to the other site.',
        fix: 'Check in the CAM console that the key exists and is enabled, and store `secret-id` and `secret-key` anew ' +
            'without blanks around them. Pass `session-token` with a temporary key, and set `site` to the site where the ' +
            'account was opened.',
    },
    'AuthFailure.SignatureExpire': {
        meaning: 'The clock of the runner and the clock of Tencent Cloud are more than five minutes apart, so the signature ' +
            'counted as expired.',
        fix: 'The step corrects such a difference once by itself; since that did not help, synchronise the clock of the ' +
            'self-hosted runner (NTP). If the clock is right, look for a proxy that holds requests back.',
    },
    'AuthFailure.SignatureFailure': {
        meaning: 'The signature does not fit the request: `secret-key` does not belong to `secret-id`, or the request was ' +
            'changed on its way.',
        fix: 'Store `secret-id` and `secret-key` anew from one and the same key of the CAM console, without blanks or line ' +
            'breaks. If they are right, check that the proxy or `endpoint` passes host, headers and body on unchanged.',
    },
    'AuthFailure.TokenFailure': {
        meaning: 'The token of the temporary key is expired, incomplete, or belongs to another key.',
        fix: 'Pass `secret-id`, `secret-key` and `session-token` from one and the same answer, fetched in the same ' +
            'job; with a permanent key, leave `session-token` and the `TENCENTCLOUD_…TOKEN` variables empty.',
    },
    'AuthFailure.UnauthorizedOperation': {
        meaning: 'CAM does not allow this user or role to make the call.',
        fix: 'In the CAM console, attach a policy that allows `teo:ModifyHostsCertificate` on the zone. ' +
            '`QcloudSSLFullAccess` alone does not allow the binding: SSL Certificate Service is another product.',
    },
    DryRunOperation: {
        meaning: 'The API took the call as a rehearsal: it would have succeeded, and nothing was changed.',
        fix: 'Look for a proxy or `endpoint` that adds `DryRun` to requests, for this step never sends it. Without ' +
            'one, open a ticket with the RequestId.',
    },
    FailedOperation: {
        meaning: 'The service could not carry out the call and gave no reason; an account used on the wrong site is one known ' +
            'cause.',
        fix: 'Set `site` to `international` for an account of tencentcloud.com and to `china` for one of cloud.tencent.com. ' +
            'If it is right, run the job again later, and open a ticket with the RequestId if it fails the same way.',
    },
    InternalError: {
        meaning: 'The service failed on its own side while it handled the call.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
    },
    InvalidAction: {
        meaning: 'The API call does not exist at this endpoint in this version.',
        fix: 'Set `site` to the site of the account, and set `api-version` to `2022-09-01` if the workflow asks for ' +
            '`2022-01-06`. If `endpoint` is set, make sure that it leads each `{service}` to its own host.',
    },
    InvalidParameter: {
        meaning: 'A parameter of the call has a form or type that the service does not accept.',
        fix: 'Compare `zone-id`, `hosts` and `cert-id` with the values in the console. If all are right, open a ticket ' +
            'with the RequestId.',
    },
    InvalidParameterValue: {
        meaning: 'A parameter of the call has a value that the service does not accept.',
        fix: 'See that the expressions behind `zone-id`, `hosts` and `cert-id` are not empty and give the values of the ' +
            'EdgeOne console and of the SSL Certificate Service console. If all are right, open a ticket with the ' +
            'RequestId.',
    },
    InvalidRequest: {
        meaning: 'The body of the request arrived malformed.',
        fix: 'Check that the proxy or `endpoint` passes request bodies on unchanged. Without either, open a ticket with the ' +
            'RequestId.',
    },
    IpInBlacklist: {
        meaning: 'The account refuses calls from the IP address of this runner, which is on its deny list.',
        fix: 'Remove the address from the deny list in the CAM console, or run the job on a self-hosted runner with another ' +
            'fixed address. GitHub-hosted runners change their address with every job.',
    },
    IpNotInWhitelist: {
        meaning: 'The account or key takes calls only from listed IP addresses, and the address of this runner is not among ' +
            'them.',
        fix: 'Run the job on a self-hosted runner with a fixed address and add that address in the CAM console. ' +
            'GitHub-hosted runners change their address with every job, so for them the restriction of this key has to be ' +
            'lifted.',
    },
    LimitExceeded: {
        meaning: 'A quota of the account is used up.',
        fix: 'Look at the quotas in the EdgeOne console; delete what is no longer used or have the quota raised. Then ' +
            'run the job again.',
    },
    MissingParameter: {
        meaning: 'The service misses a parameter that it requires.',
        fix: 'Leave `api-version` at `2022-09-01` and remove an `endpoint` or proxy that rewrites requests. If neither is ' +
            'the cause, open a ticket with the RequestId.',
    },
    NoSuchProduct: {
        meaning: 'The host that answered does not serve this product.',
        fix: 'Remove `endpoint`, or write it with `{service}` so that `teo`, `ssl` and `sts` each reach their own host. ' +
            'Without `endpoint`, set `site` to the site of the account.',
    },
    NoSuchVersion: {
        meaning: 'The API version that the step asked for does not exist on this site.',
        fix: 'Set `api-version` to `2022-09-01`, the default. If it is set so already, check that `endpoint` leads to the ' +
            'right product.',
    },
    RequestLimitExceeded: {
        meaning: 'The account made more calls of this kind in one second than Tencent Cloud allows.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
            'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
    },
    'RequestLimitExceeded.GlobalRegionUinLimitExceeded': {
        meaning: 'The calls of the main account, all regions and users taken together, went over the limit per second.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, find ' +
            'what else calls the API with this account at that time, move the `schedule` away from it, or raise ' +
            '`wait-minutes`.',
    },
    'RequestLimitExceeded.IPLimitExceeded': {
        meaning: 'Too many calls came from the IP address of this runner in one second; hosted runners may share an address ' +
            'with others.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
            'the `schedule` to another minute, raise `wait-minutes`, or use a self-hosted runner.',
    },
    'RequestLimitExceeded.UinLimitExceeded': {
        meaning: 'The calls of the main account, all its users and roles taken together, went over the limit per second.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, find ' +
            'what else calls the API with this account at that time, move the `schedule` away from it, or raise ' +
            '`wait-minutes`.',
    },
    RequestSizeLimitExceeded: {
        meaning: 'The request is larger than the service accepts.',
        fix: 'Divide `hosts` among several steps.',
    },
    ResourceInUse: {
        meaning: 'What the call wants to change is in use by another change at the moment.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, look ' +
            'in the console for a deployment that does not end, then run the job again later or raise `wait-minutes`.',
    },
    ResourceInsufficient: {
        meaning: 'The service has no more of a resource that the call needs.',
        fix: 'Check the plan and the quotas of the account in the EdgeOne console and in the SSL Certificate Service ' +
            'console. If they leave room, run the job again later and open a ticket with the RequestId if it fails the ' +
            'same way.',
    },
    ResourceNotFound: {
        meaning: 'Something that the call names does not exist in this account.',
        fix: 'Compare `zone-id`, `hosts` and `cert-id` with the consoles of the account whose key is used. If they are ' +
            'right there, set `site` to the site of that account.',
    },
    ResourceUnavailable: {
        meaning: 'Something that the call names exists but cannot be used at the moment.',
        fix: 'Check in the EdgeOne console that the zone and the hosts are online, and in the SSL Certificate Service ' +
            'console that the certificate is issued. Then run the job again.',
    },
    ResponseSizeLimitExceeded: {
        meaning: 'The answer would be larger than the service returns.',
        fix: 'Divide `hosts` among several steps. If a step with few hosts fails too, open a ticket with the RequestId.',
    },
    ServiceUnavailable: {
        meaning: 'The service is not available at the moment.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, look ' +
            'for an incident of EdgeOne or of SSL Certificate Service, and run the job again later or raise `wait-minutes`.',
    },
    UnauthorizedOperation: {
        meaning: 'This user or role may not make the call.',
        fix: 'In the CAM console, allow it `teo:ModifyHostsCertificate` on the zone. If the policy is there already, ' +
            'compare `site` with the site of the account.',
    },
    UnknownParameter: {
        meaning: 'The call carried a parameter that this API version does not know on this site.',
        fix: 'Set `api-version` to `2022-09-01`, the default, and remove an `endpoint` or proxy that adds parameters. If ' +
            'neither is the cause, open a ticket with the RequestId.',
    },
    UnsupportedOperation: {
        meaning: 'The service does not offer this call for this account or for what the call names.',
        fix: 'Check in the EdgeOne console that the plan of the zone offers custom certificates. If the same change ' +
            'works by hand in the console, open a ticket with the RequestId.',
    },
    UnsupportedProtocol: {
        meaning: 'The request arrived with an HTTP method or protocol that the API does not take.',
        fix: 'Check the proxy and `endpoint`: they must pass on `POST` over HTTPS and must not redirect it. Without either, ' +
            'open a ticket with the RequestId.',
    },
    UnsupportedRegion: {
        meaning: 'The service does not exist in the region that the step named.',
        fix: 'This step sends no region for the binding: look for a proxy or an `endpoint` of a region that EdgeOne ' +
            'does not have, and remove it.',
    },
};

// EXTERNAL MODULE: ./lib/errors/own.js
var own = __nccwpck_require__(647);
;// CONCATENATED MODULE: ./lib/errors/ssl.js
const ssl = {
    AuthFailure: {
        meaning: 'SSL Certificate Service did not accept the signature or the identity of the call.',
        fix: 'Store `secret-id` and `secret-key` (and `session-token` for a temporary key) anew from one and the same key ' +
            'of the CAM console. Set `site` to the site of that account.',
    },
    'AuthFailure.UnauthorizedOperation': {
        meaning: 'CAM does not allow this user or role to make the call of SSL Certificate Service.',
        fix: 'In the CAM console, attach a policy that allows `ssl:UploadCertificate` on resource `*`, which is the only ' +
            'resource it takes. Or upload the certificate by other means and pass its ID as `cert-id`.',
    },
    FailedOperation: {
        meaning: 'SSL Certificate Service could not carry out the call and gave no reason; an account used on the wrong site is ' +
            'one known cause.',
        fix: 'Set `site` to `international` for an account of tencentcloud.com and to `china` for one of cloud.tencent.com. ' +
            'If it is right, run the job again later and open a ticket with the RequestId if it fails the same way.',
    },
    'FailedOperation.AuthError': {
        meaning: 'The user or role has no permission for this call of SSL Certificate Service.',
        fix: 'In the CAM console, allow it `ssl:UploadCertificate` on resource `*`, in addition to ' +
            '`teo:ModifyHostsCertificate` for the binding.',
    },
    'FailedOperation.CAMAuthorizedFail': {
        meaning: 'SSL Certificate Service asked CAM about the permission of the caller and got an error or a refusal.',
        fix: 'In the CAM console, check that the user or role is allowed `ssl:UploadCertificate` on resource `*`. If it is, ' +
            'run the job again later and open a ticket with the RequestId if it fails the same way.',
    },
    'FailedOperation.CancelOrderFailed': {
        meaning: 'An order of a certificate could not be cancelled; an upload cancels no order, so the code is not expected ' +
            'from this step.',
        fix: 'Check in the SSL Certificate Service console whether the certificate is there and has an open order. If it ' +
            'comes up all the same, open a ticket with the RequestId.',
    },
    'FailedOperation.CannotBeDeletedIssued': {
        meaning: 'The certificate is issued, and SSL Certificate Service does not let it be deleted.',
        fix: 'Set `old-certificates` to `mute` or `keep`. To get rid of the certificate, revoke or delete it in the SSL ' +
            'Certificate Service console.',
    },
    'FailedOperation.CannotBeDeletedWithinHour': {
        meaning: 'The certificate is a free one applied for within the last hour, and it cannot be deleted that early.',
        fix: 'Delete it later in the SSL Certificate Service console, or set `old-certificates` to `keep` or `mute`. The ' +
            'binding of the new certificate does not depend on this.',
    },
    'FailedOperation.CannotGetOrder': {
        meaning: 'SSL Certificate Service could not read the order that belongs to a certificate.',
        fix: 'Run the job again later. If it fails the same way, check the certificate in the SSL Certificate Service ' +
            'console and open a ticket with the RequestId.',
    },
    'FailedOperation.CertificateCaError': {
        meaning: 'The content was taken for a CA certificate and does not have the form of one, so what was given is mostly not ' +
            'a server certificate with its own chain.',
        fix: 'Pass the server certificate (leaf) and its intermediates in `certificate` and the key of the leaf in ' +
            '`private-key`. Take root certificates and certificates of other chains out.',
    },
    'FailedOperation.CertificateChainError': {
        meaning: 'A certificate of the chain is damaged, expired, or does not fit the one before it.',
        fix: 'Pass in `certificate` the full chain as the CA delivers it (often `fullchain.pem`): the leaf and every ' +
            'intermediate, each once and whole. Without the chain file, download the intermediates from the CA.',
    },
    'FailedOperation.CertificateEncryptInvalid': {
        meaning: 'The certificate looks like SM2 (Chinese national algorithms), which this upload does not take as a normal ' +
            'certificate.',
        fix: 'Upload the SM2 certificate in the SSL Certificate Service console with the SM2 standard chosen and pass its ' +
            'ID as `cert-id`. If it was meant to be RSA or ECC, check which files `certificate` and `private-key` name.',
    },
    'FailedOperation.CertificateExists': {
        meaning: 'The same certificate is already stored in this account.',
        fix: 'Find its ID in the SSL Certificate Service console and pass it as `cert-id` in place of `certificate` and ' +
            '`private-key`. If it is not to be seen there, open a ticket with the RequestId.',
    },
    'FailedOperation.CertificateInvalid': {
        meaning: 'SSL Certificate Service does not accept the content as a certificate.',
        fix: 'Check that `certificate` holds whole PEM blocks with real line breaks, from `-----BEGIN CERTIFICATE-----` to ' +
            '`-----END CERTIFICATE-----`. If it comes from a secret, store the file anew without quotes or blanks.',
    },
    'FailedOperation.CertificateMatchError': {
        meaning: 'The private key does not belong to the certificate, or one of them was altered by stray blanks or line breaks.',
        fix: 'Pass the `certificate` and `private-key` of one and the same issue: a renewal usually makes a new key. If ' +
            'both come from secrets, store them anew together.',
    },
    'FailedOperation.CertificateMismatch': {
        meaning: 'The private key does not belong to the certificate.',
        fix: 'Pass the `certificate` and `private-key` of one and the same issue: a renewal usually makes a new key. If ' +
            'both come from secrets, update them together.',
    },
    'FailedOperation.CertificateNotFound': {
        meaning: 'The account has no certificate with this ID: it was deleted, mistyped, or belongs to another account or site.',
        fix: 'Copy the ID from the SSL Certificate Service console of the account and `site` in use into `cert-id`. If it ' +
            'is gone, pass `certificate` and `private-key`.',
    },
    'FailedOperation.CertificateParseError': {
        meaning: 'SSL Certificate Service could not parse the certificate or key; mostly blanks, missing line breaks or a cut ' +
            'block in the PEM text.',
        fix: 'Pass the files as the CA delivered them in `certificate` and `private-key`, or store the secrets anew with ' +
            'their line breaks. The key must be a PEM block without a password.',
    },
    'FailedOperation.ExceedsFreeLimit': {
        meaning: 'The account has reached its number of free certificates.',
        fix: 'Delete expired free certificates in the SSL Certificate Service console, or buy more quota, and run the job ' +
            'again. An uploaded certificate normally does not count, so open a ticket with the RequestId if none can be ' +
            'deleted.',
    },
    'FailedOperation.InvalidCertificateStatusCode': {
        meaning: 'The certificate is in a state that does not allow the call: for instance not yet issued, revoked, or being ' +
            'deleted.',
        fix: 'Look at its state in the SSL Certificate Service console. Pass the ID of an issued certificate as `cert-id`, ' +
            'or another `certificate` with its `private-key`.',
    },
    'FailedOperation.InvalidParam': {
        meaning: 'SSL Certificate Service does not accept a parameter of the call.',
        fix: 'Check that `certificate` and `private-key` hold one whole certificate with its key, and choose a short ' +
            '`cert-alias` without special characters. If they are right, open a ticket with the RequestId.',
    },
    'FailedOperation.NetworkError': {
        meaning: 'SSL Certificate Service could not reach the certification authority, which is busy.',
        fix: 'Nothing to fix in the workflow: run the job again later. If it fails the same way for hours, open a ticket ' +
            'with the RequestId, or pass the ID of an already stored certificate as `cert-id`.',
    },
    'FailedOperation.NoProjectPermission': {
        meaning: 'The user or role may not use the project in which the certificate is or would be stored.',
        fix: 'The step names no project, so the default project of the account is meant: give the user or role access to it ' +
            'in the CAM console. Or pass the ID of a certificate that it may use as `cert-id`.',
    },
    'FailedOperation.NoRealNameAuth': {
        meaning: 'The account has not completed identity verification, which SSL Certificate Service requires on the China site.',
        fix: 'Complete identity verification with the main account in the account console, then run the job again. If the ' +
            'account is one of tencentcloud.com, set `site: international`.',
    },
    'FailedOperation.OrderAlreadyReplaced': {
        meaning: 'The order of a certificate has been reissued already; an upload reissues nothing, so the code is not expected ' +
            'from this step.',
        fix: 'Find the reissued certificate in the SSL Certificate Service console and pass its ID as `cert-id`. If it ' +
            'comes up all the same, open a ticket with the RequestId.',
    },
    'FailedOperation.OrderReplaceFailed': {
        meaning: 'A certificate could not be reissued; an upload reissues nothing, so the code is not expected from this step.',
        fix: 'Look at the order in the SSL Certificate Service console and reissue the certificate there if need be. If it ' +
            'comes up all the same, open a ticket with the RequestId.',
    },
    InternalError: {
        meaning: 'SSL Certificate Service failed on its own side while it handled the call.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
    },
    'InvalidParameter.MissMatchPrivateKey': {
        meaning: 'None of the keys that were sent belongs to the certificate.',
        fix: 'Pass in `private-key` the key with which this `certificate` was requested: a renewal usually makes a new one. ' +
            'If both come from secrets, update them together.',
    },
    'InvalidParameter.WithDetailReason': {
        meaning: 'SSL Certificate Service does not accept a parameter of the call; the reason is in the message of the API.',
        fix: 'Read the output `error-message` and correct the input it speaks of: `certificate`, `private-key` or ' +
            '`cert-alias`. If it speaks of none of them, open a ticket with the RequestId.',
    },
    'LimitExceeded.RateLimitExceeded': {
        meaning: 'SSL Certificate Service received more calls of this kind in one second than it allows; calls of other jobs ' +
            'count as well.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
            'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
    },
};

;// CONCATENATED MODULE: ./lib/errors/sts.js
const sts = {
    'AuthFailure.AccessKeyIllegal': {
        meaning: 'STS does not accept the key: it was mistyped, deleted or disabled, or it is temporary and came without its ' +
            'token.',
        fix: 'Check the key in the CAM console and store `secret-id` and `secret-key` anew, with `session-token` for a ' +
            'temporary key. Set `site` to the site of the account.',
    },
    'FailedOperation.CheckMFAError': {
        meaning: 'The role may be assumed only with multi-factor authentication, and a workflow cannot give it.',
        fix: 'In the CAM console, remove the MFA condition from the trust policy of the role, or make a role of its own for ' +
            'the workflow. Better still, let the job log in without a key: `role-arn` with `oidc-provider`.',
    },
    'FailedOperation.MFATypeNotSupported': {
        meaning: 'The role may be assumed only with multi-factor authentication of a kind that STS does not support for this ' +
            'call.',
        fix: 'In the CAM console, remove the MFA condition from the trust policy of the role, or make a role of its own for ' +
            'the workflow. Better still, let the job log in without a key: `role-arn` with `oidc-provider`.',
    },
    'InternalError.DbError': {
        meaning: 'STS could not read its database.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later, and open a ticket with the RequestId if that fails too.',
    },
    'InternalError.EncryptError': {
        meaning: 'STS could not encrypt the temporary key that it was to issue.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later, and open a ticket with the RequestId if that fails too.',
    },
    'InternalError.GetAppIdError': {
        meaning: 'STS could not find the APPID of the account in `role-arn`.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, check ' +
            'that the account UIN in `role-arn` is right, run the job again later, and open a ticket with the RequestId if ' +
            'that fails too.',
    },
    'InternalError.GetRoleError': {
        meaning: 'STS could not find or read the role that `role-arn` names.',
        fix: 'Copy the ARN from the page of the role in the CAM console into `role-arn`: `qcs::cam::uin/<account ' +
            'UIN>:roleName/<role name>`. Set `site` to the site of that account; if both are right, run the job again ' +
            'later.',
    },
    'InternalError.GetSeedTokenError': {
        meaning: 'STS could not obtain the token from which temporary keys are made.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, check ' +
            'that the key or role still exists in the CAM console, run the job again later, and open a ticket with the ' +
            'RequestId if that fails too.',
    },
    'InternalError.IllegalRole': {
        meaning: 'STS does not regard the role in `role-arn` as one that can be assumed.',
        fix: 'The step retries this itself until `wait-minutes` ends, so it is hardly a passing fault: check in the CAM ' +
            'console that `role-arn` is a custom role, not a service role, and that its trust policy is valid. If both are ' +
            'so, open a ticket with the RequestId.',
    },
    'InternalError.PbSerializeError': {
        meaning: 'STS failed on its own side while it put its answer together.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later, and open a ticket with the RequestId if that fails too.',
    },
    'InternalError.SystemError': {
        meaning: 'STS failed on its own side, for instance by a fault of its network.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later, and open a ticket with the RequestId if that fails too.',
    },
    'InternalError.UnknownError': {
        meaning: 'STS failed on its own side and does not say why.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later, and open a ticket with the RequestId if that fails too.',
    },
    'InvalidParameter.AccessKeyNotSupport': {
        meaning: 'STS does not support this type of key for the call.',
        fix: 'Use an API key of a CAM user (`secret-id`, `secret-key`) from the CAM console, or `role-arn` with ' +
            '`oidc-provider`. A key made for another product will not do.',
    },
    'InvalidParameter.AccountNotAvaliable': {
        meaning: 'The account does not exist or is not available, for instance closed, suspended or in arrears.',
        fix: 'Check the account UIN in `role-arn`, the state of the account in the console, and that `site` is its site.',
    },
    'InvalidParameter.ExtendStrategyOverSize': {
        meaning: 'The policy that limits the temporary key is too large.',
        fix: 'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, ' +
            'shorten the policies attached to the role in the CAM console, and open a ticket with the RequestId if it ' +
            'fails the same way.',
    },
    'InvalidParameter.GrantOtherResource': {
        meaning: 'The call asks for access to resources that the caller may not hand out, mostly those of another account.',
        fix: 'Check that the account UIN in `role-arn` is the account that owns the zone, and that the trust policy of the ' +
            'role in the CAM console names the calling user.',
    },
    'InvalidParameter.OverLimit': {
        meaning: 'STS received more calls in one second than it allows.',
        fix: 'Nothing to fix in the workflow: run the job again in a few minutes. If it happens every night, move the ' +
            '`schedule` away from other jobs of the account.',
    },
    'InvalidParameter.OverTimeError': {
        meaning: 'The life asked for the temporary key is longer than the role or STS allows.',
        fix: 'Lower `role-duration-seconds` (at most `43200`), or raise the maximum session duration of the role in the CAM ' +
            'console.',
    },
    'InvalidParameter.ParamError': {
        meaning: 'A parameter of the login is missing or has the wrong form.',
        fix: 'Check `role-arn` (`qcs::cam::uin/<account UIN>:roleName/<role name>`), `oidc-provider` (the name of the ' +
            'identity provider in the CAM console, not its URL), `role-session-name` and `role-duration-seconds`.',
    },
    'InvalidParameter.PolicyTooLong': {
        meaning: 'The policy that limits the temporary key is too long.',
        fix: 'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, ' +
            'shorten the policies attached to the role in the CAM console, and open a ticket with the RequestId if it ' +
            'fails the same way.',
    },
    'InvalidParameter.ResouceError': {
        meaning: 'A resource description is not in the six-segment form of CAM (`qcs::cam::uin/…:roleName/…`).',
        fix: 'Copy the ARN from the page of the role in the CAM console into `role-arn`. If it is right, correct the ' +
            'resources in the policies of the role there.',
    },
    'InvalidParameter.StrategyFormatError': {
        meaning: 'The policy that limits the temporary key has a syntax error.',
        fix: 'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, check ' +
            'the policies of the role in the CAM console, and open a ticket with the RequestId if they are valid.',
    },
    'InvalidParameter.StrategyInvalid': {
        meaning: 'The policy that limits the temporary key is not valid.',
        fix: 'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, check ' +
            'the policies of the role in the CAM console, and open a ticket with the RequestId if they are valid.',
    },
    'InvalidParameter.TempCodeNotAvaliable': {
        meaning: 'A temporary code of the login is invalid or used up.',
        fix: 'The step sends no such code, so check whether the role in the CAM console demands multi-factor authentication ' +
            'and remove that for the workflow. If it does not, run the job again and open a ticket with the RequestId if ' +
            'it fails the same way.',
    },
    'InvalidParameter.WebIdentityTokenError': {
        meaning: 'STS does not accept the OIDC token of the job: audience, issuer or signing key are not those of the identity ' +
            'provider in CAM, or the token has expired.',
        fix: 'In the CAM console, check that the provider in `oidc-provider` has the issuer ' +
            '`token.actions.githubusercontent.com` and lists `oidc-audience` as client ID. If the login worked before, ' +
            'GitHub has changed its signing keys: update the public key of the provider and turn on its automatic rotation.',
    },
    RequestLimitExceeded: {
        meaning: 'The account or the runner made more calls to STS in one second than it allows.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
            'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
    },
    'ResourceNotFound.RoleNotFound': {
        meaning: 'The account has no role with the name in `role-arn`.',
        fix: 'Copy the ARN from the page of the role in the CAM console into `role-arn`; the name is case-sensitive. If the ' +
            'role exists, check the account UIN in the ARN and `site`.',
    },
    UnauthorizedOperation: {
        meaning: 'STS refused the login: the trust policy of the role does not fit the OIDC token of the job, or the key may ' +
            'not assume the role.',
        fix: 'With `oidc-provider`, compare `iss`, `sub` and `aud` in the log with the conditions of the role in the CAM ' +
            'console: the subject changes with branch and environment, and newer repositories have ' +
            '`repo:OWNER@ID/REPO@ID:…`. With a key, allow its user `sts:AssumeRole` on `role-arn` and name that user in ' +
            'the trust policy of the role.',
    },
    UnsupportedOperation: {
        meaning: 'STS does not offer this login for the account or role.',
        fix: 'Check in the CAM console that `role-arn` is a custom role, not a service role, and that `secret-id` belongs ' +
            'to a CAM user: a main account may not be able to assume a role. Or let the job log in with `oidc-provider`.',
    },
};

;// CONCATENATED MODULE: ./lib/errors/teo.js
const teo = {
    'AuthFailure.UnauthorizedOperation': {
        meaning: 'CAM does not allow this user or role to make the EdgeOne call, even if the upload to SSL Certificate Service ' +
            'went through.',
        fix: 'In the CAM console, attach a policy that allows `teo:DescribeAccelerationDomains` and `teo:ModifyHostsCertificate` on ' +
            '`qcs::teo::uin/<account UIN>:zone/<zone ID>`; the message names the action that was refused. ' +
            '`QcloudSSLFullAccess` covers only SSL Certificate Service, not EdgeOne.',
    },
    FailedOperation: {
        meaning: 'EdgeOne could not carry out the call and gave no reason; most often an account of the international site ' +
            'called the China endpoint, or the reverse.',
        fix: 'Set `site` to `international` for an account of tencentcloud.com and to `china` for one of cloud.tencent.com. ' +
            'If it is right, run the job again later and open a ticket with the RequestId if it fails the same way.',
    },
    'FailedOperation.CertificateHasExpired': {
        meaning: 'The certificate has expired, and EdgeOne does not deploy expired certificates.',
        fix: 'Renew the certificate, upload it to SSL Certificate Service, and pass the new ID as `cert-id`.',
    },
    'FailedOperation.CertificateNotFound': {
        meaning: 'EdgeOne found no edge HTTPS certificate with this ID in the account.',
        fix: 'Copy the ID from the SSL Certificate Service console of the same account and site into `cert-id`. If the ' +
            'certificate was deleted there, upload it again and pass its new ID.',
    },
    'FailedOperation.EdgeClientCertificateHasExpired': {
        meaning: 'The client CA certificate with which the host checks its visitors has expired, so EdgeOne does not deploy the ' +
            'host.',
        fix: 'The step never sends client CA settings, so this comes from what the host already has. Replace the expired ' +
            'client CA, or turn edge mutual authentication off, in the HTTPS settings of the host in the EdgeOne console ' +
            'and run the job again.',
    },
    'FailedOperation.InvalidZoneStatus': {
        meaning: 'The zone is in a state in which EdgeOne changes no certificates, for instance not yet active, paused or ' +
            'locked.',
        fix: 'Open the zone in the EdgeOne console and finish what it asks for (ownership, DNS, plan), or enable it again. ' +
            'Run the job again once it is active.',
    },
    'FailedOperation.ModifyFailed': {
        meaning: 'EdgeOne did not make the change: with an empty message a passing fault, frequent right after an upload; ' +
            'otherwise mostly a host that is not in the zone.',
        fix: 'Without a message it usually passes, and the step has tried again until `wait-minutes` ended: compare ' +
            '`hosts` with the domain list of the zone, since a host that is not there can be answered in the same ' +
            'way, and run the job again later. If it remains, open a ticket with the RequestId.',
    },
    'FailedOperation.UpstreamClientCertificateHasExpired': {
        meaning: 'The client certificate that the host shows to its origin (origin-pull mutual authentication) has expired, so ' +
            'EdgeOne does not deploy the host.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Replace that ' +
            'certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
    },
    'FailedOperation.UpstreamVerifyCustomCACertificateHasExpired': {
        meaning: 'The CA certificate with which the host checks its origin has expired, so EdgeOne does not deploy the host.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Replace the origin ' +
            'CA, or turn origin certificate verification off, in the origin-pull settings of the host in the EdgeOne ' +
            'console and run the job again.',
    },
    'InternalError.ConfigLocked': {
        meaning: 'The configuration of the zone or host is locked, so nothing can be changed in it.',
        fix: 'Find in the EdgeOne console who or what holds the lock and have it released, then run the job again. If no ' +
            'lock is to be seen there, open a ticket with the RequestId.',
    },
    'InternalError.DBError': {
        meaning: 'EdgeOne failed on its own side while it read the site.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, open a ticket with the RequestId.',
    },
    'InternalError.GetRoleError': {
        meaning: 'EdgeOne could not obtain the service role with which it reads certificates from SSL Certificate Service; ' +
            'mostly the role was never authorised or has been deleted.',
        fix: 'With the main account, bind any certificate of SSL Certificate Service to a host by hand in the EdgeOne ' +
            'console and accept the authorisation it asks for. Then run the job again; the role is listed in the CAM ' +
            'console as `TEO_QCSLinkedRoleInCertlist`.',
    },
    'InternalError.ProxyServer': {
        meaning: 'A server behind the EdgeOne API failed for an unknown reason.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
    },
    'InternalError.RouteError': {
        meaning: 'The EdgeOne API could not reach the server behind it that does the work.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
    },
    'InternalError.SystemError': {
        meaning: 'EdgeOne failed on its own side while it handled the change.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
    },
    'InternalError.UnknowError': {
        meaning: 'EdgeOne failed on its own side and does not say why.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
            'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
    },
    'InvalidParameter.ActionInProgress': {
        meaning: 'An earlier change of the host or zone is still being carried out, or changes followed each other too fast.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, raise ' +
            '`wait-minutes`, keep other workflows off the same zone at that time (a `concurrency` group), or run the job ' +
            'again when the EdgeOne console shows the host online.',
    },
    'InvalidParameter.AliasDomainNotSupportKeyless': {
        meaning: 'The host is an alias domain, and alias domains cannot use a keyless certificate.',
        fix: 'Pass a certificate that has its private key in SSL Certificate Service: another `cert-id`, or this ' +
            'one uploaded again together with its key. The step never sends keyless settings; if the host is set to a keyless server, ' +
            'change that in the HTTPS settings of the host in the EdgeOne console.',
    },
    'InvalidParameter.CertNotMatchDomain': {
        meaning: 'The certificate does not cover the host: none of its names matches, and `*.example.com` covers neither ' +
            '`example.com` nor `a.b.example.com`.',
        fix: 'Take the host out of `hosts`, or pass the ID of a certificate whose names include it. A wildcard stands ' +
            'for one label: `*.example.com` does not cover `example.com`.',
    },
    'InvalidParameter.CertToExpire': {
        meaning: 'The certificate is about to expire, and EdgeOne already refuses it for that.',
        fix: 'Renew the certificate earlier, upload it to SSL Certificate Service, and pass the new ID as `cert-id`.',
    },
    'InvalidParameter.CertTooShortKeySize': {
        meaning: 'The key of the certificate is too short for EdgeOne, which asks for RSA (DSA, DH) of at least 2048 bits or EC ' +
            'of at least 225 bits.',
        fix: 'Issue the certificate anew with a key of RSA 2048 or EC P-256, upload it, and pass its ID as `cert-id`.',
    },
    'InvalidParameter.CertificateConflictWithKeylessServer': {
        meaning: 'The host has neither a certificate nor a keyless server yet, or a keyless server that the certificate does ' +
            'not go with.',
        fix: 'The step never sends keyless settings, so this comes from what the host already has. Bind a certificate, or ' +
            'the keyless server with its certificate, once by hand in the HTTPS settings of the host in the EdgeOne ' +
            'console and run the job again.',
    },
    'InvalidParameter.CnameWildHostNotAllowApplyCertificate': {
        meaning: 'EdgeOne issues no free certificate for a wildcard host in a zone that is connected by CNAME.',
        fix: 'Take the wildcard host out of `hosts`, or bind a wildcard certificate of your own by its ID.',
    },
    'InvalidParameter.DomainNotFound': {
        meaning: 'A host in the call is not an acceleration domain of this zone.',
        fix: 'Compare `hosts` with the acceleration domains of the zone in the EdgeOne console: with `match: exact` the name must ' +
            'stand there exactly, `*.example.com` included. If it belongs to another zone, correct `zone-id`; to choose hosts by ' +
            'pattern, set `match: pattern`.',
    },
    'InvalidParameter.EdgeClientCertCheckError': {
        meaning: 'The client CA settings of the host (edge mutual authentication) are not valid.',
        fix: 'The step never sends client CA settings, so this comes from what the host already has. Correct the client CA, ' +
            'or turn edge mutual authentication off, in the HTTPS settings of the host in the EdgeOne console and run the ' +
            'job again.',
    },
    'InvalidParameter.HostStatusNotAllowApplyCertificate': {
        meaning: 'EdgeOne cannot apply for a free certificate because the host does not lead to EdgeOne yet: its CNAME is not ' +
            'switched, or the validation request does not arrive.',
        fix: 'Set the CNAME that the EdgeOne console shows for the host at your DNS provider and run the job again when it ' +
            'resolves. Until then, bind a certificate of your own: `mode: sslcert` with `cert-id`.',
    },
    'InvalidParameter.InvalidCertInfo': {
        meaning: 'EdgeOne does not accept the certificate that was named for the host.',
        fix: 'Check in the SSL Certificate Service console that every ID in `cert-id` is an issued server certificate, at ' +
            'most one each of RSA, ECC and SM2. An expired, revoked or CA certificate will not do.',
    },
    'InvalidParameter.InvalidHttpsCertInfo': {
        meaning: 'EdgeOne could not use the content of the certificate: the PEM text or its chain is damaged, or it is not a ' +
            'server certificate.',
        fix: 'Upload the certificate anew to SSL Certificate Service, the leaf and its intermediates with the key of ' +
            'the leaf, and pass its ID as `cert-id`. If that is refused as well, have the certificate issued again.',
    },
    'InvalidParameter.InvalidHttpsTlsVersion': {
        meaning: 'The TLS versions set for the host are not a valid choice, so EdgeOne does not deploy it.',
        fix: 'The step never sends TLS versions, so this comes from what the host already has. Set a valid selection, such ' +
            'as TLS 1.2 and 1.3, in the HTTPS settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameter.UpstreamClientCertCheckError': {
        meaning: 'The client certificate that the host shows to its origin (origin-pull mutual authentication) is not valid.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose another ' +
            'client certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameter.UpstreamVerifyCertCheckError': {
        meaning: 'The settings with which the host checks the certificate of its origin are not valid.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Correct or turn off ' +
            'origin certificate verification in the origin-pull settings of the host in the EdgeOne console and run the ' +
            'job again.',
    },
    'InvalidParameter.UpstreamVerifyCustomCACertNoInfo': {
        meaning: 'The host checks the certificate of its origin against a CA certificate that has no content.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose the origin CA ' +
            'again, or turn origin certificate verification off, in the origin-pull settings of the host in the EdgeOne ' +
            'console and run the job again.',
    },
    'InvalidParameter.ZoneIsGrayPublishing': {
        meaning: 'EdgeOne is upgrading the zone and takes no changes until that is done.',
        fix: 'Nothing to fix in the workflow: run the job again when the EdgeOne console shows the zone without an upgrade. ' +
            'If the state lasts longer than a day, open a ticket with the RequestId.',
    },
    InvalidParameterValue: {
        meaning: 'A value in the call is empty or has the wrong form: almost always the list of hosts, else the zone ID, a host ' +
            'name or the certificate ID.',
        fix: 'See that the expressions behind `hosts`, `zone-id` and `cert-id` are not empty. Write bare host names without ' +
            '`https://` or a path, a zone ID such as `zone-2fgd17m17xw`, and the certificate ID (not the alias) from the ' +
            'SSL Certificate Service console.',
    },
    'InvalidParameterValue.AliasDomainNotSupportEdgeMTLS': {
        meaning: 'The host is an alias domain, and alias domains do not support edge mutual authentication.',
        fix: 'The step never sends client CA settings, so this comes from what the host already has. Turn edge mutual ' +
            'authentication off in the HTTPS settings of the host in the EdgeOne console, or take the alias domain out of ' +
            '`hosts`.',
    },
    'InvalidParameterValue.AliasDomainNotSupportUpstreamMTLS': {
        meaning: 'The host is an alias domain, and alias domains do not support origin-pull mutual authentication.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Turn origin-pull ' +
            'mutual authentication off for it in the EdgeOne console, or take the alias domain out of `hosts`.',
    },
    'InvalidParameterValue.AliasDomainNotSupportUpstreamVerify': {
        meaning: 'The host is an alias domain, and alias domains do not support origin certificate verification.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Turn origin ' +
            'certificate verification off for it in the EdgeOne console, or take the alias domain out of `hosts`.',
    },
    'InvalidParameterValue.CertificateVerifyClientMustCa': {
        meaning: 'Edge mutual authentication of the host names a client certificate that is not a CA certificate.',
        fix: 'The step never sends client CA settings, so this comes from what the host already has. Choose a certificate ' +
            'of type CA as client CA in the HTTPS settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.CertificateVerifyClientNeedCert': {
        meaning: 'Edge mutual authentication is on for the host, but no client CA is chosen.',
        fix: 'The step never sends client CA settings, so this comes from what the host already has. Choose at least one ' +
            'client CA, or turn edge mutual authentication off, in the HTTPS settings of the host in the EdgeOne console ' +
            'and run the job again.',
    },
    'InvalidParameterValue.CertificateVerifyUpstreamClientMustRSAorECC': {
        meaning: 'The client certificate of the host for origin-pull mutual authentication is SM2, where only RSA and ECC are ' +
            'supported.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose an RSA or ECC ' +
            'client certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.CertificateVerifyUpstreamClientMustSVR': {
        meaning: 'The client certificate of the host for origin-pull mutual authentication is a CA certificate, which is not ' +
            'supported there.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose a certificate ' +
            'with a private key (type SVR) in the origin-pull settings of the host in the EdgeOne console and run the job ' +
            'again.',
    },
    'InvalidParameterValue.CertificateVerifyUpstreamClientNeedCert': {
        meaning: 'Origin-pull mutual authentication is on for the host, but no client certificate is chosen.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose one in the ' +
            'origin-pull settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustCA': {
        meaning: 'The host checks its origin against a certificate that is not a CA certificate.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose a certificate ' +
            'of type CA for origin certificate verification in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustRSAorECC': {
        meaning: 'The host checks its origin against an SM2 CA certificate, where only RSA and ECC are supported.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose an RSA or ECC ' +
            'CA certificate for origin certificate verification in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCANeedCert': {
        meaning: 'Origin certificate verification is on for the host, but no CA certificate is chosen.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Choose one, or turn ' +
            'origin certificate verification off, in the origin-pull settings of the host in the EdgeOne console and run ' +
            'the job again.',
    },
    'InvalidParameterValue.ClientCertInfoQuotaLimit': {
        meaning: 'The host has more than 20 client CA certificates for edge mutual authentication, the most that EdgeOne allows.',
        fix: 'The step never sends client CA settings, so this comes from what the host already has. Remove unused client ' +
            'CAs in the HTTPS settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.InvalidKeylessServerId': {
        meaning: 'The host is set to a keyless server whose ID EdgeOne does not know.',
        fix: 'The step never sends keyless settings, so this comes from what the host already has. Choose an existing ' +
            'keyless server, or leave keyless mode, in the HTTPS settings of the host in the EdgeOne console and run the ' +
            'job again.',
    },
    'InvalidParameterValue.OCDirectOriginDomainNotSupportUpstreamVerify': {
        meaning: 'The host uses what EdgeOne calls OC switching, with which origin certificate verification cannot be on.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Turn origin ' +
            'certificate verification off for the host in the EdgeOne console; if the setting is not to be seen there, ' +
            'open a ticket with the RequestId.',
    },
    'InvalidParameterValue.ServerCertInfoNeedContainRSAorECC': {
        meaning: 'Edge mutual authentication of the host uses an RSA or ECC client CA, and the change would leave the host ' +
            'without an edge HTTPS certificate of that algorithm.',
        fix: 'Give a certificate of the algorithm of the client CA in `cert-id` as well, or keep the one that is bound ' +
            '(`keep-other-algorithms`). To use another algorithm, change the client CA in the HTTPS settings of the host in the ' +
            'EdgeOne console first; the step never sends it.',
    },
    'InvalidParameterValue.ServerCertInfoNeedContainSM2': {
        meaning: 'Edge mutual authentication of the host uses an SM2 client CA, and the change would leave the host without an ' +
            'SM2 edge HTTPS certificate.',
        fix: 'Give the ID of an SM2 certificate in `cert-id` as well, or keep the one that is bound (`keep-other-algorithms`). To do ' +
            'without SM2, change the client CA in the HTTPS settings of the host in the EdgeOne console first; the ' +
            'step never sends it.',
    },
    'InvalidParameterValue.SiteFailoverNotSupportHostUpstreamVerify': {
        meaning: 'The host has origin failover on together with origin-pull mutual authentication or origin certificate ' +
            'verification, and EdgeOne does not support both.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Turn one of the two ' +
            'off for the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.UpstreamClientCertInfoQuotaLimit': {
        meaning: 'The host has more than one client certificate for origin-pull mutual authentication, where EdgeOne allows one.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Leave one client ' +
            'certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.UpstreamVerifyCustomCACertInfoQuotaLimit': {
        meaning: 'The host has more than one CA certificate for origin certificate verification, where EdgeOne allows one.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Leave one CA ' +
            'certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
    },
    'InvalidParameterValue.ZoneNotFound': {
        meaning: 'EdgeOne finds no zone with this ID in the account.',
        fix: 'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`. If it is right, the key belongs to ' +
            'another account or `site` is the wrong one.',
    },
    'InvalidParameter.ZoneNotFound': {
        meaning: 'The site does not exist.',
        fix: 'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`, and set `site` to the site of the account.',
    },
    'LimitExceeded.RateLimitExceeded': {
        meaning: 'EdgeOne received more calls of this kind in one second than it allows; calls of other jobs and of the console ' +
            'count as well.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
            'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
    },
    OperationDenied: {
        meaning: 'EdgeOne refused the change because of the present state of the host or zone; most often the host is still ' +
            'being deployed.',
        fix: 'Look in the EdgeOne console whether the host is being deployed, offline or locked, or the zone disabled. ' +
            'Run the job again when the host is online.',
    },
    'OperationDenied.CertificatePrivateKeyIsEmpty': {
        meaning: 'The certificate was stored in SSL Certificate Service without its private key, which EdgeOne takes only in ' +
            'keyless mode.',
        fix: 'Pass the ID of a certificate that has its private key in SSL Certificate Service, or upload this one ' +
            'again together with its key. The step never sends keyless settings; a host that is set to a keyless ' +
            'server is changed in the EdgeOne console.',
    },
    'OperationDenied.ConfigLocked': {
        meaning: 'The configuration of the zone or host is locked, so EdgeOne takes no changes.',
        fix: 'Find in the EdgeOne console who or what holds the lock and have it released, then run the job again. If no ' +
            'lock is to be seen there, open a ticket with the RequestId.',
    },
    'OperationDenied.DisableZoneNotCompleted': {
        meaning: 'The zone is just being disabled, and EdgeOne takes no changes until that is done.',
        fix: 'If the zone is to stay in use, enable it in the EdgeOne console when the disabling has ended and run the job ' +
            'again. Otherwise remove it from the workflow.',
    },
    'OperationDenied.ErrZoneIsAlreadyPaused': {
        meaning: 'The zone is disabled, and EdgeOne changes no certificates in a disabled zone.',
        fix: 'Enable the zone in the EdgeOne console and run the job again. If it is meant to stay disabled, take the step ' +
            'for this `zone-id` out of the workflow.',
    },
    'OperationDenied.HostsCertificateInconsistency': {
        meaning: 'The hosts of one call have different edge HTTPS certificates now, and EdgeOne changes them together only if ' +
            'these are the same.',
        fix: 'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
            'host, open a ticket with the RequestId.',
    },
    'OperationDenied.HostsClientCertificateInconsistency': {
        meaning: 'The hosts of one call have different client CA settings (edge mutual authentication), and EdgeOne changes ' +
            'them together only if these are the same.',
        fix: 'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
            'host, open a ticket with the RequestId.',
    },
    'OperationDenied.HostsKeylessServerInconsistency': {
        meaning: 'The hosts of one call have different keyless servers, and EdgeOne changes them together only if these are the ' +
            'same.',
        fix: 'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
            'host, open a ticket with the RequestId.',
    },
    'OperationDenied.HostsUpstreamCertificateInconsistency': {
        meaning: 'The hosts of one call have different client certificates for origin-pull mutual authentication, and EdgeOne ' +
            'changes them together only if these are the same.',
        fix: 'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
            'host, open a ticket with the RequestId.',
    },
    'OperationDenied.HostsUpstreamCertificateVerifyInconsistency': {
        meaning: 'The hosts of one call have different settings for origin certificate verification, and EdgeOne changes them ' +
            'together only if these are the same.',
        fix: 'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
            'host, open a ticket with the RequestId.',
    },
    'OperationDenied.KeylessCertSwitchToFreeCertConflict': {
        meaning: 'The hosts of one call have different certificates or keyless servers, so EdgeOne does not switch them to a ' +
            'free certificate together.',
        fix: 'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
            'host, take it out of keyless mode in the EdgeOne console first.',
    },
    'OperationDenied.KeylessModeCertificatePrivateKeyNeedEmpty': {
        meaning: 'The host is in keyless mode, which takes only certificates without a private key, and this certificate has ' +
            'one.',
        fix: 'The step never sends keyless settings, so this comes from what the host already has. Take the host out of ' +
            'keyless mode in the HTTPS settings of the host in the EdgeOne console, or give in `cert-id` a certificate ' +
            'that was uploaded without its key.',
    },
    'OperationDenied.NotInKeylessWhiteList': {
        meaning: 'The host or certificate calls for keyless mode, which Tencent Cloud opens only to accounts on an allow-list.',
        fix: 'The step never sends keyless settings, so this comes from what the host already has. Have the account ' +
            'admitted by a ticket, or take the host out of keyless mode in the HTTPS settings of the host in the EdgeOne ' +
            'console and give a certificate with its key.',
    },
    'OperationDenied.NotInUpstreamMTLSWhiteList': {
        meaning: 'The host has origin-pull mutual authentication, which Tencent Cloud opens only to accounts on an allow-list.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Have the account ' +
            'admitted by a ticket, or have origin-pull mutual authentication removed from the host in the EdgeOne console.',
    },
    'OperationDenied.UnSupportToCloseUpstreamMTLS': {
        meaning: 'The change would turn off origin-pull mutual authentication of the host, which EdgeOne allows only by ' +
            'removing its edge HTTPS certificate.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Bind the certificate ' +
            'by hand in the EdgeOne console with origin-pull mutual authentication left on; to be rid of it, remove the ' +
            'certificate of the host there first, which leaves it without HTTPS until one is bound again.',
    },
    'OperationDenied.UseUpstreamMTLSNeedOpenHttps': {
        meaning: 'The host uses origin-pull mutual authentication, which EdgeOne allows only on a host with an edge HTTPS ' +
            'certificate.',
        fix: 'The step never sends origin-pull settings, so this comes from what the host already has. Keep a certificate ' +
            'bound (`mode: sslcert` with `cert-id`), or turn origin-pull mutual authentication off in the EdgeOne console ' +
            'before the change.',
    },
    'OperationDenied.VersionControlIsGraying': {
        meaning: 'A test version of the configuration is in use in the zone, and until it is published or rolled back EdgeOne ' +
            'takes no other changes.',
        fix: 'Publish the test version to the live environment, or roll it back, in the version management of the zone in ' +
            'the EdgeOne console. Then run the job again.',
    },
    ResourceInUse: {
        meaning: 'The host or zone is occupied by another change at the moment, such as a deployment that has not ended.',
        fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, raise ' +
            '`wait-minutes`, keep other workflows off the same zone at that time (a `concurrency` group), or run the job ' +
            'again when the EdgeOne console shows the host online.',
    },
    'ResourceUnavailable.CertNotFound': {
        meaning: 'EdgeOne cannot get at the certificate: the ID is wrong, it belongs to another account or to the other site, ' +
            'or the service role of EdgeOne for SSL was never authorised.',
        fix: 'Check that the SSL Certificate Service console of the account and `site` in use lists the ID in `cert-id`. If ' +
            'it does, bind a certificate once by hand in the EdgeOne console, which asks for the missing authorisation on ' +
            'a first deployment, and run the job again.',
    },
    'ResourceUnavailable.DomainNotFound': {
        meaning: 'EdgeOne finds no acceleration domain with the name of the host in this zone.',
        fix: 'Compare `hosts` with the acceleration domains of the zone in the EdgeOne console: with `match: exact` the name must ' +
            'stand there exactly, `*.example.com` included. If it belongs to another zone, correct `zone-id`; to choose hosts by ' +
            'pattern, set `match: pattern`.',
    },
    'ResourceUnavailable.HostNotFound': {
        meaning: 'The host is not an acceleration domain of this zone, or EdgeOne does not proxy it (acceleration is off).',
        fix: 'Check the spelling in `hosts` and that `zone-id` is the zone of the host. If the host is listed in the ' +
            'EdgeOne console but offline or without proxy, enable its acceleration there, or take it out of `hosts`.',
    },
    'ResourceUnavailable.ZoneNotFound': {
        meaning: 'The zone does not exist, or it does not belong to the account whose key is used.',
        fix: 'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`. If it is right, use a key of the ' +
            'account that owns the zone, and set `site` to the site of that account.',
    },
    UnauthorizedOperation: {
        meaning: 'This user or role may not make the EdgeOne call.',
        fix: 'In the CAM console, allow `teo:ModifyHostsCertificate` on `qcs::teo::uin/<account UIN>:zone/<zone ID>`.',
    },
    'UnauthorizedOperation.CamUnauthorized': {
        meaning: 'CAM does not allow this user or role to change certificates in this zone.',
        fix: 'In the CAM console, attach a policy that allows `teo:ModifyHostsCertificate` on `qcs::teo::uin/<account ' +
            'UIN>:zone/<zone ID>`. If it is there already, check that it names this zone.',
    },
    'UnauthorizedOperation.NoPermission': {
        meaning: 'This sub-account or role is not allowed to do this in EdgeOne.',
        fix: 'In the CAM console, attach a policy that allows `teo:DescribeAccelerationDomains` and `teo:ModifyHostsCertificate` on ' +
            '`qcs::teo::uin/<account UIN>:zone/<zone ID>`; with `zone-name` also `teo:DescribeZones`.',
    },
    'UnauthorizedOperation.Unknown': {
        meaning: 'A server behind the EdgeOne API failed for an unknown reason; in spite of its name it is no matter of permissions.',
        fix: 'Run the job again. If it persists, open a ticket with the RequestId.',
    },
};

;// CONCATENATED MODULE: ./lib/errors/index.js





const tables = { teo: teo, ssl: ssl, sts: sts, common: common, own: own/* own */.Z };
const explain = (service, code) => {
    const category = code.replace(/\..*$/s, '');
    for (const key of [code, category]) {
        for (const explanations of [tables[service], common]) {
            if (Object.hasOwn(explanations, key))
                return explanations[key];
        }
    }
    return undefined;
};

;// CONCATENATED MODULE: ./lib/tencent/response.js




const glimpse = (body) => {
    const line = (0,util_text/* brief */.dh)(body, 160);
    return line === '' ? 'an empty body' : `“${line}”`;
};
const readAnswer = (api, { status, body }) => {
    if (status >= 300 && status < 400) {
        throw (0,model_problem/* ownProblem */.O3)('Network.Redirect', { message: `HTTP ${status}: a redirect`, sent: 'refused' });
    }
    if (status !== 200) {
        throw (0,model_problem/* ownProblem */.O3)('Network.HttpStatus', { message: `HTTP ${status} with ${glimpse(body)}`, sent: 'unknown' });
    }
    const answer = jsonOf(body);
    const response = fieldsOf(answer)['Response'];
    if (!isFields(response)) {
        const message = answer === undefined ? 'The answer is not JSON' : 'The answer has no “Response”';
        throw (0,model_problem/* ownProblem */.O3)('Network.Response', { message: `${message}: ${glimpse(body)}`, sent: 'unknown' });
    }
    const requestId = textOf(response['RequestId']);
    const error = response['Error'];
    if (error === undefined || error === null)
        return { requestId, response };
    const { Code, Message } = fieldsOf(error);
    const code = (0,util_text/* oneLine */.TN)(textOf(Code) ?? '') || 'FailedOperation';
    throw new model_problem/* Problem */.AF({
        code,
        message: textOf(Message) ?? '',
        explanation: explain(api.service, code),
        requestId,
        sent: 'refused',
    });
};

;// CONCATENATED MODULE: ./lib/tencent/retry.js

const firstPause = 300;
const longestPause = 8000;
const pause = (failures, random) => random() * Math.min(longestPause, firstPause * 2 ** (failures - 1));
const retry = async (attempt, { clock, signal, why, onRetry }) => {
    const failures = [];
    for (;;) {
        try {
            signal.throwIfAborted();
            return { value: await attempt() };
        }
        catch (thrown) {
            if (signal.aborted)
                return { failures, thrown: thrown instanceof model_problem/* Problem */.AF ? thrown : signal.reason };
            const reason = thrown instanceof model_problem/* Problem */.AF ? why(thrown) : undefined;
            if (!(thrown instanceof model_problem/* Problem */.AF) || reason === undefined)
                return { failures, thrown };
            failures.push(thrown);
            const ms = pause(failures.length, clock.random);
            onRetry(thrown, reason, ms);
            await clock.sleep(ms, signal).catch(() => undefined);
        }
    }
};

;// CONCATENATED MODULE: ./lib/tencent/sign.js

const sha256 = (data) => (0,external_node_crypto_.createHash)('sha256').update(data).digest('hex');
const hmac = (key, data) => (0,external_node_crypto_.createHmac)('sha256', key).update(data).digest();
const date = (timestamp) => new Date(timestamp * 1000).toISOString().slice(0, 10);
const scopePath = ({ timestamp, service }) => `${date(timestamp)}/${service}/tc3_request`;
const headerNames = (headers) => Object.keys(headers).sort();
const canonicalRequest = ({ method, query, headers, payload }) => {
    const names = headerNames(headers);
    return [
        method,
        '/',
        query,
        ...names.map((name) => `${name}:${headers[name]?.trim().toLowerCase()}`),
        '',
        names.join(';'),
        sha256(payload),
    ].join('\n');
};
const stringToSign = (scope, canonical) => ['TC3-HMAC-SHA256', scope.timestamp, scopePath(scope), sha256(canonical)].join('\n');
const signingKey = (secretKey, scope) => scopePath(scope).split('/').reduce(hmac, `TC3${secretKey}`);
const authorization = (credential, scope, request) => {
    const signature = (0,external_node_crypto_.createHmac)('sha256', signingKey(credential.secretKey, scope))
        .update(stringToSign(scope, canonicalRequest(request)))
        .digest('hex');
    return [
        `TC3-HMAC-SHA256 Credential=${credential.secretId}/${scopePath(scope)}`,
        `SignedHeaders=${headerNames(request.headers).join(';')}`,
        `Signature=${signature}`,
    ].join(', ');
};

;// CONCATENATED MODULE: ./lib/tencent/client.js









const requestClient = `edgeone-certificate-action ${version}`;
const leastOffset = 60_000;
const client = (options) => {
    const { send, clock, log } = options;
    const pace = pacer(clock);
    const offset = { seen: 0, used: 0 };
    const exchange = async (api, request, read, signal) => {
        const answer = await send(request, signal);
        const date = Date.parse(answer.date ?? '');
        if (!Number.isNaN(date))
            offset.seen = date - clock.now();
        const result = readAnswer(api, answer);
        return { value: read(result), requestId: result.requestId };
    };
    const attempt = async (api, body, read, correction, signal) => {
        const credential = api.anonymous ? undefined : await options.credential(signal);
        const answered = await pace(`${api.service} ${api.action}`, api.perSecond, signal);
        const done = options.onAttempt(api.action);
        try {
            const payload = external_node_buffer_.Buffer.from(JSON.stringify(await body()));
            const request = sign(api, payload, credential, (clock.now() + correction) / 1000, options);
            const { value, requestId } = await exchange(api, request, read, signal);
            done('ok', requestId);
            return value;
        }
        catch (thrown) {
            const { code, requestId } = (0,model_problem/* toProblem */.H8)(thrown);
            done(code, requestId);
            throw thrown;
        }
        finally {
            answered();
        }
    };
    const why = (problem, correction) => {
        if (problem.code !== 'AuthFailure.SignatureExpire')
            return whyRetry(problem);
        if (offset.used === correction) {
            if (correction !== 0 || Math.abs(offset.seen) < leastOffset)
                return undefined;
            offset.used = offset.seen;
            const seconds = Math.round(Math.abs(offset.seen) / 1000);
            const where = offset.seen > 0 ? 'behind' : 'ahead of';
            const message = `The clock of this machine is ${seconds} seconds ${where} the service's. This run signs with the service's time; correct the clock.`;
            options.warn('Wrong clock', message);
        }
        return `signed anew, ${Math.round(Math.abs(offset.used) / 1000)} s ${offset.used > 0 ? 'later' : 'earlier'}`;
    };
    return (signal) => async (api, fixed, read, fresh = async () => ({})) => {
        const body = async () => ({ ...fixed, ...(await fresh()) });
        const start = clock.now();
        let n = 0;
        let correction = 0;
        const onRetry = (problem, reason, ms) => log.info(`${api.action}, attempt ${n}: ${problem.code} (${reason}). Next attempt in ${(0,util_text/* duration */.p0)(ms)}.`);
        const done = await retry(() => {
            n += 1;
            correction = offset.used;
            return attempt(api, body, read, correction, signal);
        }, { clock, signal, why: (problem) => why(problem, correction), onRetry });
        if ('value' in done)
            return done.value;
        throw summed(done, n, clock.now() - start);
    };
};
const sign = (api, payload, credential, now, options) => {
    const url = options.endpoint(api.service);
    const scope = { timestamp: Math.floor(now), service: api.service };
    const signed = { 'content-type': 'application/json', host: url.host };
    const headers = {
        ...signed,
        authorization: credential === undefined
            ? 'SKIP'
            : authorization(credential, scope, { method: 'POST', query: '', headers: signed, payload }),
        'x-tc-action': api.action,
        'x-tc-version': api.version,
        'x-tc-timestamp': String(scope.timestamp),
        'x-tc-language': options.language,
        'x-tc-requestclient': requestClient,
        ...(api.hasRegion ? { 'x-tc-region': options.region } : {}),
        ...(credential?.token === undefined ? {} : { 'x-tc-token': credential.token }),
    };
    return { url, headers, body: payload };
};
const summed = ({ failures, thrown }, attempts, ms) => {
    const end = (0,model_problem/* toProblem */.H8)(thrown);
    const unknown = [...failures, end].some(({ sent }) => sent === 'unknown');
    const sent = unknown ? 'unknown' : end.sent;
    const main = end.code === 'Network.Deadline' ? (failures.at(-1) ?? end) : end;
    const still = main === end
        ? ''
        : `Still so when the step's deadline came, after ${(0,util_text/* count */.U9)(attempts, 'attempt')} in ${(0,util_text/* duration */.p0)(ms)}.`;
    const message = [main.message, still].filter((part) => part !== '').join(' ');
    return (0,model_problem/* altered */.Wn)(main, { message, sent, cause: end });
};

;// CONCATENATED MODULE: ./lib/run.js



















const run = async (given) => {
    const world = { ...given, log: (0,sanitize/* legible */.bG)(given.log) };
    const { env, log, clock } = world;
    const start = clock.now();
    for (const secret of secretsIn(env))
        log.mask(secret);
    const story = { certificates: [], calls: [], warnings: [], notes: [] };
    const warn = (title, message) => {
        story.warnings.push(message);
        log.annotate({ level: 'warning', title, message });
    };
    const note = (line) => {
        story.notes.push(line);
        log.info(line);
    };
    try {
        const { inputs, pairs, unused } = await prepare(world, story).finally(() => {
            for (const message of unknownInputs(env))
                warn('Unknown input', message);
        });
        const deadline = start + inputs.waitMs;
        const late = () => (0,model_problem/* ownProblem */.O3)('Network.Deadline', { message: 'The deadline of the step came before an answer' });
        const signal = AbortSignal.any([world.cancelled, clock.alarm(deadline, late)]);
        const { callUntil, credential } = clientFor(world, inputs, warn, story);
        await credential(signal);
        const tools = { world, call: callUntil(signal), callUntil, warn, note, signal, deadline };
        const thrown = await tell(story, inputs, { pairs, unused }, tools);
        log.info(`Done in ${(0,util_text/* duration */.p0)(clock.now() - start)}.`);
        return resultOf(story, thrown);
    }
    catch (thrown) {
        const problem = (0,model_problem/* toProblem */.H8)(thrown);
        if (problem.code === 'Run.Unexpected')
            log.debug(String(problem.cause instanceof Error ? problem.cause.stack : thrown));
        return resultOf(story, problem);
    }
};
const prepare = async ({ env, readFile, log }, story) => {
    const inputs = parseInputs(env);
    story.inputs = inputs;
    if (inputs.pem === undefined)
        return { inputs, pairs: [], unused: [] };
    return { inputs, ...(await loadPairs(inputs.pem, readFile, log.mask)) };
};
const clientFor = (world, inputs, warn, { calls }) => {
    const endpoint = (0,tencent_endpoint/* endpointOf */.X5)(inputs.site, inputs.endpoint);
    if ((0,tencent_endpoint/* isForeign */.jq)(endpoint('teo'))) {
        warn('Foreign endpoint', `Signed requests go to ${endpoint('teo').hostname}, which is not Tencent Cloud's.`);
    }
    const { language, region } = inputs;
    const onAttempt = (action) => {
        const i = calls.push({ action, outcome: 'under way' }) - 1;
        return (outcome, requestId) => {
            calls[i] = { action, outcome, requestId };
        };
    };
    const base = { ...world, endpoint, warn, language, region, onAttempt };
    const unsigned = { secretId: '', secretKey: '' };
    const sts = (key = unsigned) => client({ ...base, credential: fixedKey(key) });
    const { idToken, clock, log } = world;
    const credential = keyFor(inputs.access, { sts, idToken, clock, mask: log.mask });
    return { callUntil: client({ ...base, credential }), credential };
};
const tell = async (story, inputs, chains, tools) => {
    const { world, call, warn } = tools;
    const { log, clock } = world;
    log.info(`EdgeOne certificate ${version}`);
    warnOfChains(chains, warn);
    const reading = await log.group('Reading', async () => {
        await checkAccount(call, inputs, log.info);
        const zoneId = await findZone(call, inputs);
        story.zoneId = zoneId;
        log.info(`Site ${zoneId} (${tencent_endpoint/* sites */.fy[inputs.site].name}, API ${inputs.apiVersion})`);
        const all = await readAll(call, inputs, zoneId, clock.now(), warn, chains.pairs);
        for (const certificate of all.certificates)
            log.info(certificateLine(certificate));
        log.info(`${(0,util_text/* count */.U9)(all.hosts.length, 'host')}: ${(0,util_text/* list */.p_)(all.hosts, 20, ({ host }) => host)}`);
        return all;
    });
    story.certificates = reading.certificates;
    for (const note of reading.notes)
        warn('Hosts', note);
    if (reading.hosts.length === 0)
        return noHosts(inputs, warn);
    const brought = await bring(inputs, reading, chains.pairs, tools);
    story.certificates = brought.certificates;
    const { steps, plan, known } = await makePlan(inputs, { ...reading, ...brought }, tools);
    const ledger = openLedger(steps);
    story.ledger = ledger;
    if (!inputs.dryRun) {
        const zoneId = story.zoneId ?? '';
        const { reader } = reading;
        const readerFor = (other) => domainReader(other, inputs.apiVersion, zoneId, { cnames: false });
        const onRequestId = (requestId) => {
            story.requestId = requestId;
        };
        await act(ledger, { ...tools, inputs, zoneId, reader, readerFor, plan, known, onRequestId });
    }
    return ledgerProblem(ledger);
};
const checkAccount = async (call, { accounts }, info) => {
    if (accounts.length === 0)
        return;
    const { account, arn } = await readCaller(call);
    info(`Account ${account} (${arn})`);
    if (accounts.includes(account))
        return;
    throw (0,model_problem/* ownProblem */.O3)('Input.ForeignAccount', {
        message: `The key is of account ${account || 'unknown'} (${arn}), and allowed are ${(0,util_text/* list */.p_)(accounts, 10)}`,
    });
};
const noHosts = ({ ifNoHosts }, warn) => {
    const message = 'The selection holds no host of the site, so there was nothing to do.';
    if (ifNoHosts === 'error')
        throw (0,model_problem/* ownProblem */.O3)('Input.NoHosts', { message });
    if (ifNoHosts === 'warn')
        warn('No hosts', message);
};
const resultOf = (story, problem) => {
    const { inputs, zoneId, certificates, calls, warnings, notes } = story;
    const hosts = run_hostsOf(story);
    const changed = hosts.some(({ writes }) => writes > 0);
    const outcome = () => {
        if (problem?.code === 'Run.Cancelled')
            return 'cancelled';
        if (problem !== undefined)
            return hosts.some(({ state }) => state === 'rolled-back') && !hosts.some(({ state }) => state === 'adrift')
                ? 'rolled-back'
                : 'failed';
        if (inputs?.dryRun)
            return 'planned';
        return changed ? 'changed' : 'unchanged';
    };
    const stopped = problem !== undefined && problem.code !== 'Run.Cancelled';
    const requestId = stopped ? problem.requestId : story.requestId;
    return { outcome: outcome(), inputs, zoneId, certificates, hosts, requestId, problem, calls, warnings, notes };
};
const run_hostsOf = ({ inputs, ledger }) => {
    if (ledger === undefined) {
        const named = inputs?.target.match === 'exact' ? inputs.target.hosts.toSorted() : [];
        return named.map((host) => ({ host, state: 'untouched', writes: 0 }));
    }
    const planned = inputs?.dryRun === true;
    return [...ledger.values()].map((entry) => planned && (entry.state === 'untouched' || entry.state === 'waiting') ? { ...entry, state: 'planned' } : entry);
};


/***/ }),

/***/ 759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Rm: () => (/* binding */ log),
  mk: () => (/* binding */ publish)
});

// UNUSED EXPORTS: inert

// NAMESPACE OBJECT: ./node_modules/@actions/core/lib/core.js
var core_namespaceObject = {};
__nccwpck_require__.r(core_namespaceObject);
__nccwpck_require__.d(core_namespaceObject, {
  Yz: () => (core_debug),
  N4: () => (endGroup),
  z3: () => (error),
  pq: () => (info),
  lm: () => (notice),
  uH: () => (setOutput),
  Pq: () => (core_setSecret),
  Oh: () => (startGroup),
  z: () => (summary),
  $e: () => (warning)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var node_modules_tunnel = __nccwpck_require__(770);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = (/* unused pure expression or super */ null && (['OPTIONS', 'GET', 'DELETE', 'HEAD']));
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? https : http;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new https.Agent(options) : new http.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(613);
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_namespaceObject.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_namespaceObject.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_namespaceObject.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_namespaceObject.EOL.length);
                n = s.indexOf(external_os_namespaceObject.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
// EXTERNAL MODULE: ./lib/model/problem.js
var problem = __nccwpck_require__(246);
;// CONCATENATED MODULE: ./lib/runner/actions.js





const inert = (text) => text
    .split(/\r\n|[\n\r]/)
    .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1: ').replaceAll('##[', '## ['))
    .join('\n');
const log = {
    info: (line) => info(inert(line)),
    debug: (line) => core_debug(inert(line)),
    annotate: ({ level, title, message }) => {
        const write = { error: error, warning: warning, notice: notice }[level];
        write(message, { title });
    },
    group: async (title, body) => {
        startGroup(title);
        try {
            return await body();
        }
        finally {
            endGroup();
        }
    },
    mask: core_setSecret,
};
const setInPieces = (name, pieces, path) => {
    if (!path) {
        setOutput(name, [...pieces].join(''));
        return;
    }
    const mark = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
    const file = (0,external_node_fs_.openSync)(path, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_APPEND);
    try {
        (0,external_node_fs_.appendFileSync)(file, `${name}<<${mark}${external_node_os_namespaceObject.EOL}`);
        try {
            for (const piece of pieces)
                (0,external_node_fs_.appendFileSync)(file, piece);
        }
        finally {
            (0,external_node_fs_.appendFileSync)(file, `${external_node_os_namespaceObject.EOL}${mark}${external_node_os_namespaceObject.EOL}`);
        }
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
};
const atOnce = 64 * 1024;
const writeSummary = async (pieces) => {
    const { /* summary */ "z": summary } = core_namespaceObject;
    try {
        for (const piece of pieces) {
            summary.addRaw(piece);
            if (summary.stringify().length >= atOnce)
                await summary.write();
        }
    }
    finally {
        await summary.write();
    }
};
const publish = async (outputs, summary, env) => {
    const failures = [];
    const attempt = async (what, write) => {
        try {
            await write();
        }
        catch (thrown) {
            failures.push(`${what}: ${(0,problem/* toProblem */.H8)(thrown).message}`);
        }
    };
    for (const [name, value] of Object.entries(outputs))
        await attempt(`output ${name}`, () => typeof value === 'string' ? setOutput(name, value) : setInPieces(name, value, env['GITHUB_OUTPUT']));
    await attempt('job summary', () => writeSummary(summary));
    for (const message of failures)
        log.annotate({ level: 'warning', title: 'Could not be written', message });
};


/***/ }),

/***/ 992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  p: () => (/* binding */ clock)
});

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./lib/runner/clock.js

const clock = {
    now: Date.now,
    random: Math.random,
    sleep: async (ms, signal) => {
        try {
            await (0,promises_namespaceObject.setTimeout)(ms, undefined, { signal });
        }
        catch (error) {
            throw signal.aborted ? signal.reason : error;
        }
    },
    alarm: (at, reason) => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(reason()), Math.max(0, at - Date.now())).unref();
        return controller.signal;
    },
};


/***/ }),

/***/ 958:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ku: () => (/* binding */ authority),
  $B: () => (/* binding */ bare),
  Ng: () => (/* binding */ connect),
  TJ: () => (/* binding */ limited),
  iJ: () => (/* binding */ proxyFor),
  G9: () => (/* binding */ settle)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(30);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(311);
;// CONCATENATED MODULE: ./node_modules/proxy-from-env/index.js


var DEFAULT_PORTS = {
  ftp: 21,
  gopher: 70,
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
};

function parseUrl(urlString) {
  try {
    return new URL(urlString);
  } catch {
    return null;
  }
}

/**
 * @param {string|object|URL} url - The URL as a string or URL instance, or a
 *   compatible object (such as the result from legacy url.parse).
 * @return {string} The URL of the proxy that should handle the request to the
 *  given URL. If no proxy is set, this will be an empty string.
 */
function getProxyForUrl(url) {
  var parsedUrl = (typeof url === 'string' ? parseUrl(url) : url) || {};
  var proto = parsedUrl.protocol;
  var hostname = parsedUrl.host;
  var port = parsedUrl.port;
  if (typeof hostname !== 'string' || !hostname || typeof proto !== 'string') {
    return '';  // Don't proxy URLs without a valid scheme or host.
  }

  proto = proto.split(':', 1)[0];
  // Stripping ports in this way instead of using parsedUrl.hostname to make
  // sure that the brackets around IPv6 addresses are kept.
  hostname = hostname.replace(/:\d*$/, '');
  port = parseInt(port) || DEFAULT_PORTS[proto] || 0;
  if (!shouldProxy(hostname, port)) {
    return '';  // Don't proxy URLs that match NO_PROXY.
  }

  var proxy = getEnv(proto + '_proxy') || getEnv('all_proxy');
  if (proxy && proxy.indexOf('://') === -1) {
    // Missing scheme in proxy, default to the requested URL's scheme.
    proxy = proto + '://' + proxy;
  }
  return proxy;
}

/**
 * Determines whether a given URL should be proxied.
 *
 * @param {string} hostname - The host name of the URL.
 * @param {number} port - The effective port of the URL.
 * @returns {boolean} Whether the given URL should be proxied.
 * @private
 */
function shouldProxy(hostname, port) {
  var NO_PROXY = getEnv('no_proxy').toLowerCase();
  if (!NO_PROXY) {
    return true;  // Always proxy if NO_PROXY is not set.
  }
  if (NO_PROXY === '*') {
    return false;  // Never proxy if wildcard is set.
  }

  return NO_PROXY.split(/[,\s]/).every(function(proxy) {
    if (!proxy) {
      return true;  // Skip zero-length hosts.
    }
    var parsedProxy = proxy.match(/^(.+):(\d+)$/);
    var parsedProxyHostname = parsedProxy ? parsedProxy[1] : proxy;
    var parsedProxyPort = parsedProxy ? parseInt(parsedProxy[2]) : 0;
    if (parsedProxyPort && parsedProxyPort !== port) {
      return true;  // Skip if ports don't match.
    }

    if (!/^[.*]/.test(parsedProxyHostname)) {
      // No wildcards, so stop proxying if there is an exact match.
      return hostname !== parsedProxyHostname;
    }

    if (parsedProxyHostname.charAt(0) === '*') {
      // Remove leading wildcard.
      parsedProxyHostname = parsedProxyHostname.slice(1);
    }
    // Stop proxying if the hostname ends with the no_proxy host.
    return !hostname.endsWith(parsedProxyHostname);
  });
}

/**
 * Get the value for an environment variable.
 *
 * @param {string} key - The name of the environment variable.
 * @return {string} The value of the environment variable.
 * @private
 */
function getEnv(key) {
  return process.env[key.toLowerCase()] || process.env[key.toUpperCase()] || '';
}

// EXTERNAL MODULE: ./lib/model/problem.js
var problem = __nccwpck_require__(246);
// EXTERNAL MODULE: ./lib/runner/faults.js
var faults = __nccwpck_require__(233);
;// CONCATENATED MODULE: ./lib/runner/connect.js






const connectTimeout = 10_000;
const proxyFor = (url) => {
    const setting = getProxyForUrl(url);
    if (setting === '')
        return undefined;
    const proxy = URL.parse(setting);
    if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
        const message = `The proxy for ${url.hostname} is no http:// or https:// URL`;
        throw (0,problem/* ownProblem */.O3)('Network.Proxy', { message });
    }
    return proxy;
};
const authority = (url) => `${url.hostname}:${portOf(url)}`;
const portOf = (url) => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
const nameOf = (url) => url.hostname.replace(/^\[|\]$/g, '');
const connect = (url, signal) => {
    const proxy = proxyFor(url);
    const late = () => {
        const message = `No connection to ${authority(proxy ?? url)} within ${connectTimeout / 1000} s`;
        return (0,problem/* ownProblem */.O3)('Network.Connect', { message });
    };
    return limited(connectTimeout, late, signal, async (either) => {
        const opened = [];
        const keep = (socket) => {
            opened.push(socket);
            return socket;
        };
        try {
            if (proxy === undefined)
                return await raw(url, either, keep);
            const tunnel = await bare(url, proxy, either, keep);
            return url.protocol === 'https:' ? await connect_secure(keep(tlsOver(tunnel, url)), url, either) : tunnel;
        }
        catch (error) {
            for (const socket of opened)
                socket.destroy();
            throw error;
        }
    });
};
const limited = async (ms, late, signal, use) => {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(late()), ms);
    try {
        return await use(AbortSignal.any([signal, timeout.signal]));
    }
    finally {
        clearTimeout(timer);
    }
};
const bare = async (url, proxy, signal, keep) => proxy === undefined ? tcp(url, signal, keep) : through(await raw(proxy, signal, keep), proxy, url, signal);
const tlsOptions = (url) => {
    const host = nameOf(url);
    return {
        host,
        rejectUnauthorized: true,
        ALPNProtocols: ['http/1.1'],
        ...(external_node_net_.isIP(host) === 0 ? { servername: host } : {}),
    };
};
const tlsOver = (socket, url) => external_node_tls_.connect({ ...tlsOptions(url), socket });
const raw = (url, signal, keep) => {
    if (url.protocol !== 'https:')
        return tcp(url, signal, keep);
    return connect_secure(keep(external_node_tls_.connect({ ...tlsOptions(url), ...addressOf(url) })), url, signal);
};
const tcp = (url, signal, keep) => ready(keep(external_node_net_.connect(addressOf(url))), 'connect', url, signal);
const addressOf = (url) => ({ host: nameOf(url), port: portOf(url) });
const connect_secure = (socket, url, signal) => ready(socket, 'secureConnect', url, signal);
const ready = (socket, event, url, signal) => settle(signal, (resolve, reject) => {
    socket.once(event, () => resolve(socket));
    socket.once('error', (error) => reject((0,faults/* networkProblem */.W)(error, authority(url), 'never')));
    socket.once('close', () => reject((0,faults/* networkProblem */.W)(new Error('closed while connecting'), authority(url), 'never')));
});
const through = (socket, proxy, url, signal) => settle(signal, (resolve, reject) => {
    const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    const basic = `Basic ${Buffer.from(user).toString('base64')}`;
    const request = external_node_http_.request({
        method: 'CONNECT',
        path: authority(url),
        headers: { host: authority(url), ...(user === ':' ? {} : { 'proxy-authorization': basic }) },
        createConnection: () => socket,
    });
    const refused = (status) => {
        const message = `The proxy ${authority(proxy)} answered CONNECT ${authority(url)} with HTTP ${status}`;
        return (0,problem/* ownProblem */.O3)((status ?? 0) >= 500 ? 'Network.Connect' : 'Network.Proxy', { message });
    };
    request.once('connect', ({ statusCode }, tunnel) => {
        if (statusCode === 200)
            resolve(socket);
        else {
            tunnel.destroy();
            reject(refused(statusCode));
        }
    });
    request.once('response', ({ statusCode }) => reject(refused(statusCode)));
    request.once('error', (error) => reject((0,faults/* networkProblem */.W)(error, `proxy ${authority(proxy)}`, 'never')));
    request.end();
});
const settle = (signal, start) => new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted)
        return abort();
    signal.addEventListener('abort', abort, { once: true });
    const done = () => signal.removeEventListener('abort', abort);
    start((value) => {
        done();
        resolve(value);
    }, (error) => {
        done();
        reject(error);
    });
});


/***/ }),

/***/ 233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ networkProblem)
/* harmony export */ });
/* harmony import */ var _model_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(246);

const tlsFault = /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$|INVALID_CA$)/;
const field = (error, name) => {
    if (typeof error !== 'object' || error === null || !(name in error))
        return '';
    const value = Object.getOwnPropertyDescriptor(error, name)?.value;
    return typeof value === 'string' ? value : '';
};
const describe = (error) => {
    const first = error instanceof AggregateError ? error.errors[0] : error;
    const code = field(first, 'code');
    const text = field(first, 'message');
    return { code, text: text.includes(code) ? text : `${code} ${text}`.trim() };
};
const networkProblem = (error, peer, sent) => {
    const { code, text } = describe(error);
    const details = { message: `${peer}: ${text}`, cause: error, sent };
    if (tlsFault.test(code))
        return (0,_model_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .ownProblem */ .O3)('Network.Tls', details);
    return (0,_model_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .ownProblem */ .O3)(sent === 'never' ? 'Network.Connect' : 'Network.Reset', details);
};


/***/ }),

/***/ 179:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  P: () => (/* binding */ workspaceFiles)
});

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __nccwpck_require__(573);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
// EXTERNAL MODULE: ./lib/model/problem.js
var problem = __nccwpck_require__(246);
;// CONCATENATED MODULE: ./lib/runner/files.js





const largest = 1024 * 1024;
const longestShown = 200;
const workspaceFiles = (workspace) => async (path) => {
    if (workspace === undefined || workspace === '')
        throw refused(path, 'this job has no workspace (GITHUB_WORKSPACE)');
    if (path === '' || path.includes('\0'))
        throw refused(path, 'it is no path');
    const absolute = (0,external_node_path_namespaceObject.resolve)(workspace, path);
    const roots = [(0,external_node_path_namespaceObject.resolve)(workspace), await real((0,external_node_path_namespaceObject.resolve)(workspace), path)];
    if (!roots.some((root) => isInside(root, absolute)))
        throw refused(path, 'it lies outside of the workspace');
    const target = await real(absolute, path);
    if (!isInside(roots[1] ?? '', target))
        throw refused(path, 'a symbolic link leads out of the workspace');
    return textOf(await contentOf(target, path));
};
const isInside = (root, path) => {
    const way = (0,external_node_path_namespaceObject.relative)(root, path);
    return way !== '..' && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && !(0,external_node_path_namespaceObject.isAbsolute)(way);
};
const real = async (absolute, path) => {
    try {
        return await (0,promises_namespaceObject.realpath)(absolute);
    }
    catch (error) {
        throw refused(path, reasonOf(error));
    }
};
const contentOf = async (target, path) => {
    const file = await (0,promises_namespaceObject.open)(target, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK).catch((error) => {
        throw refused(path, reasonOf(error));
    });
    try {
        const status = await file.stat();
        if (status.isDirectory())
            throw refused(path, 'it is a directory');
        if (!status.isFile())
            throw refused(path, 'it is no regular file');
        if (status.size > largest)
            throw refused(path, 'it is larger than 1 MiB');
        return await file.readFile().catch((error) => {
            throw refused(path, reasonOf(error));
        });
    }
    finally {
        await file.close();
    }
};
const textOf = (content) => {
    if ((0,external_node_buffer_.isUtf8)(content))
        return content.toString('utf8');
    return content.toString(content[0] === 0xff && content[1] === 0xfe ? 'utf16le' : 'latin1');
};
const reasons = new Map([
    ['ENOENT', 'it is not there'],
    ['ENOTDIR', 'a part of its path is no directory'],
    ['EISDIR', 'it is a directory'],
    ['EACCES', 'this user may not read it'],
    ['EPERM', 'this user may not read it'],
    ['ELOOP', 'its symbolic links form a circle'],
    ['ENAMETOOLONG', 'the path is too long'],
    ['ENXIO', 'it is no regular file'],
]);
const reasonOf = (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return reasons.get(code) ?? `the system refused (${code})`;
};
const refused = (path, why) => (0,problem/* ownProblem */.O3)('Certificate.File', { message: `“${path.slice(0, longestShown)}” cannot be read: ${why}` });


/***/ }),

/***/ 552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  N: () => (/* binding */ network)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(30);
// EXTERNAL MODULE: ./lib/model/problem.js
var problem = __nccwpck_require__(246);
// EXTERNAL MODULE: ./lib/runner/connect.js + 1 modules
var connect = __nccwpck_require__(958);
// EXTERNAL MODULE: ./lib/runner/faults.js
var faults = __nccwpck_require__(233);
;// CONCATENATED MODULE: ./lib/runner/http.js






const responseTimeout = 10_000;
const largestAnswer = 10 * 1024 * 1024;
const opening = (agent) => {
    agent.createConnection = ({ open }, done) => {
        open().then((socket) => done?.(null, socket), (error) => done?.(error, new external_node_net_.Socket()));
        return undefined;
    };
    return agent;
};
const network = () => {
    const plain = opening(new external_node_http_.Agent({ keepAlive: true }));
    const secure = opening(new external_node_https_namespaceObject.Agent({ keepAlive: true }));
    return {
        send: ({ method = 'POST', url, headers, body }, signal) => {
            const options = {
                method,
                headers: { ...headers, 'content-length': body.length },
                open: () => (0,connect/* connect */.Ng)(url, signal),
            };
            const request = url.protocol === 'https:'
                ? external_node_https_namespaceObject.request(url, { ...options, agent: secure })
                : external_node_http_.request(url, { ...options, agent: plain });
            return answerTo(request, { url, body }, signal);
        },
        close: () => {
            plain.destroy();
            secure.destroy();
        },
    };
};
const answerTo = (request, { url, body }, signal) => new Promise((resolve, reject) => {
    let sent = 'never';
    let timer;
    const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
    };
    const fail = (error) => {
        end();
        request.destroy();
        reject(error instanceof problem/* Problem */.AF ? error : (0,faults/* networkProblem */.W)(error, url.host, sent));
    };
    const abort = () => fail(sent === 'unknown' ? (0,problem/* underWay */.Ki)((0,problem/* toProblem */.H8)(signal.reason)) : signal.reason);
    signal.addEventListener('abort', abort);
    request.once('socket', () => {
        sent = 'unknown';
        timer = setTimeout(() => {
            const message = `${url.host}: no complete answer within ${responseTimeout / 1000} s`;
            fail((0,problem/* ownProblem */.O3)('Network.Timeout', { message, sent }));
        }, responseTimeout);
    });
    request.on('error', fail);
    request.once('response', (response) => {
        const chunks = [];
        let size = 0;
        response.on('data', (chunk) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > largestAnswer) {
                fail((0,problem/* ownProblem */.O3)('Network.Response', { message: `${url.host}: an answer of more than 10 MiB`, sent }));
            }
        });
        response.on('error', fail);
        response.on('end', () => {
            end();
            resolve({
                status: response.statusCode ?? 0,
                date: response.headers.date,
                body: Buffer.concat(chunks).toString('utf8'),
            });
        });
    });
    request.end(body);
});


/***/ }),

/***/ 149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ idTokens)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(573);
/* harmony import */ var _model_problem_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(246);


const idTokens = (env, send) => async (audience, signal) => {
    const url = URL.parse(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
    const token = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    if (url === null || token === '')
        throw (0,_model_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .ownProblem */ .O3)('Input.NoIdToken', { message: missing(env) });
    url.searchParams.set('audience', audience);
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    const { status, body } = await send({ method: 'GET', url, headers, body: node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.alloc(0) }, signal);
    if (status !== 200) {
        throw (0,_model_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .ownProblem */ .O3)('Network.HttpStatus', {
            message: `HTTP ${status} from GitHub's token service (${url.hostname})`,
        });
    }
    const value = valueIn(body);
    if (value === undefined) {
        throw (0,_model_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .ownProblem */ .O3)('Network.Response', {
            message: `The answer of GitHub's token service (${url.hostname}) holds no token`,
        });
    }
    return value;
};
const missing = (env) => env['GITHUB_EVENT_NAME'] === 'pull_request'
    ? 'GitHub gave this job no OIDC token: it lacks the permission, or the pull request comes from a fork'
    : 'GitHub gave this job no OIDC token: it lacks the permission';
const valueIn = (body) => {
    try {
        const { value } = Object(JSON.parse(body));
        return typeof value === 'string' && value !== '' ? value : undefined;
    }
    catch {
        return undefined;
    }
};


/***/ }),

/***/ 887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Df: () => (/* binding */ longestTitle),
/* harmony export */   bG: () => (/* binding */ legible),
/* harmony export */   qk: () => (/* binding */ longestMessage)
/* harmony export */ });
/* harmony import */ var _util_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(805);

const longestMessage = 4096;
const longestTitle = 200;
const longestLine = 32_768;
const legible = (log) => ({
    ...log,
    info: (line) => log.info((0,_util_text_js__WEBPACK_IMPORTED_MODULE_0__/* .brief */ .dh)(line, longestLine)),
    annotate: ({ level, title, message }) => log.annotate({ level, title: (0,_util_text_js__WEBPACK_IMPORTED_MODULE_0__/* .brief */ .dh)(title, longestTitle), message: (0,_util_text_js__WEBPACK_IMPORTED_MODULE_0__/* .brief */ .dh)(message, longestMessage) }),
});


/***/ }),

/***/ 245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  g: () => (/* binding */ handshake),
  h: () => (/* binding */ resolve)
});

;// CONCATENATED MODULE: external "node:dns/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(30);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(311);
// EXTERNAL MODULE: ./lib/model/problem.js
var problem = __nccwpck_require__(246);
// EXTERNAL MODULE: ./lib/runner/connect.js + 1 modules
var connect = __nccwpck_require__(958);
// EXTERNAL MODULE: ./lib/runner/faults.js
var faults = __nccwpck_require__(233);
;// CONCATENATED MODULE: ./lib/runner/tls.js






const handshakeTimeout = 5000;
const offers = {
    RSA: {
        sigalgs: [
            ...['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512'],
            ...['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512'],
        ].join(':'),
        ciphers: `${external_node_tls_.DEFAULT_CIPHERS}:!aECDSA`,
    },
    ECC: {
        sigalgs: [
            ...['ecdsa_secp256r1_sha256', 'ecdsa_secp384r1_sha384', 'ecdsa_secp521r1_sha512'],
            ...['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512'],
        ].join(':'),
        ciphers: `${external_node_tls_.DEFAULT_CIPHERS}:!aRSA`,
    },
};
const handshake = async (probe, signal) => {
    const url = urlOf(probe.at.host, probe.at.port);
    const proxy = proxyOf(probe, url);
    const at = (0,connect/* authority */.ku)(url);
    const peer = probe.at.host === probe.host ? at : `${probe.host} at ${at}`;
    const late = () => {
        const message = `${peer}: no TLS handshake within ${handshakeTimeout / 1000} s`;
        return (0,problem/* ownProblem */.O3)('Network.Timeout', { message });
    };
    const opened = [];
    const keep = (socket) => {
        socket.on('error', () => { });
        opened.push(socket);
        return socket;
    };
    try {
        return await (0,connect/* limited */.TJ)(handshakeTimeout, late, signal, async (either) => {
            either.throwIfAborted();
            const socket = await (0,connect/* bare */.$B)(url, proxy, either, keep);
            return await look(keep(external_node_tls_.connect({ ...optionsFor(probe), socket })), probe, peer, either);
        });
    }
    finally {
        for (const socket of opened.reverse())
            socket.destroy();
    }
};
const urlOf = (host, port) => {
    const name = external_node_net_.isIPv6(host) ? `[${host}]` : host;
    const url = URL.parse(port === undefined ? `https://${name}` : `https://${name}:${port}`);
    if (url === null)
        throw (0,problem/* ownProblem */.O3)('Network.Connect', { message: `${host}: no name or address of a host` });
    return url;
};
const proxyOf = ({ host, at }, url) => external_node_net_.isIP(at.host) !== 0 && (0,connect/* proxyFor */.iJ)(urlOf(host, at.port)) === undefined ? undefined : (0,connect/* proxyFor */.iJ)(url);
const optionsFor = ({ host, algorithm }) => ({
    ...(external_node_net_.isIP(host) === 0 ? { servername: host } : {}),
    ...(algorithm === undefined ? {} : offers[algorithm]),
    ALPNProtocols: ['h2', 'http/1.1'],
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
});
const look = (socket, probe, peer, signal) => (0,connect/* settle */.G9)(signal, (resolve, reject) => {
    let leaf;
    const end = (error) => (leaf === undefined ? reject(failure(error, probe, peer)) : resolve(leaf));
    socket.once('secureConnect', () => {
        leaf = served(socket, probe);
        socket.end(() => end(new Error('a TLS handshake without a certificate')));
    });
    socket.once('error', end);
    socket.once('close', () => end(new Error('closed during the TLS handshake')));
});
const noSuchLeaf = /ALERT_HANDSHAKE_FAILURE$|WRONG_(SIGNATURE|CERTIFICATE)_TYPE$/;
const failure = (error, { algorithm }, peer) => {
    const { code = '', reason } = error;
    if (!code.startsWith('ERR_SSL_') || reason === undefined)
        return (0,faults/* networkProblem */.W)(error, peer, 'never');
    const said = code.endsWith('ALERT_HANDSHAKE_FAILURE') ? 'alert handshake_failure' : reason;
    const what = algorithm !== undefined && noSuchLeaf.test(code) ? `no ${algorithm} certificate there` : 'no TLS handshake';
    return (0,problem/* ownProblem */.O3)('Network.Tls', { message: `${peer}: ${what} (${said})`, cause: error });
};
const served = (socket, { host }) => {
    const leaf = socket.getPeerX509Certificate();
    if (leaf === undefined)
        return undefined;
    const kind = leaf.publicKey.asymmetricKeyType;
    const distrust = [
        ...(socket.authorized ? [] : [chainFault(String(socket.authorizationError))]),
        ...(external_node_tls_.checkServerIdentity(host, leaf.toLegacyObject()) === undefined ? [] : [`not valid for ${host}`]),
    ];
    return {
        sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
        names: dnsNames(leaf.subjectAltName ?? ''),
        notBefore: leaf.validFromDate.getTime(),
        notAfter: leaf.validToDate.getTime(),
        algorithm: kind === 'ec' ? 'ECC' : kind === 'rsa' || kind === 'rsa-pss' ? 'RSA' : undefined,
        ...(distrust.length === 0 ? {} : { distrust: distrust.join('; ') }),
    };
};
const dnsNames = (altNames) => [...altNames.matchAll(/"(?:[^"\\]|\\.)*"|(?<=^|, )DNS:([^,"]+)/g)].flatMap(([, name]) => name ?? []);
const chainFaults = {
    CERT_HAS_EXPIRED: 'expired, or its issuer is',
    CERT_NOT_YET_VALID: 'not valid yet, or its issuer is not',
    CERT_SIGNATURE_FAILURE: 'not signed by its issuer',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
    INVALID_PURPOSE: 'not made for servers',
    SELF_SIGNED_CERT_IN_CHAIN: 'issued under a root that this runner does not trust',
    UNABLE_TO_GET_ISSUER_CERT: 'issued by an authority that this runner does not know',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'issued by an authority that this runner does not know',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'sent without the certificate of its issuer, which this runner does not know',
};
const chainFault = (code) => {
    const words = chainFaults[code];
    return words === undefined ? `not trusted (${code})` : `${words} (${code})`;
};
const resolve = async (host, signal) => {
    signal.throwIfAborted();
    if (external_node_net_.isIP(host) !== 0 || (0,connect/* proxyFor */.iJ)(urlOf(host)) !== undefined)
        return [host];
    const none = (code, cause) => (0,problem/* ownProblem */.O3)('Network.Connect', { message: `${host}: no address (${code})`, cause });
    const found = await (0,connect/* settle */.G9)(signal, (found, fail) => {
        (0,promises_namespaceObject.lookup)(host, { all: true }).then(found, (error) => fail(none(error.code ?? error.message, error)));
    });
    if (found.length === 0)
        throw none('ENODATA');
    return [...new Set(found.map(({ address }) => address))];
};


/***/ }),

/***/ 884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OO: () => (/* binding */ endpointFault),
/* harmony export */   X5: () => (/* binding */ endpointOf),
/* harmony export */   fy: () => (/* binding */ sites),
/* harmony export */   jq: () => (/* binding */ isForeign),
/* harmony export */   qf: () => (/* binding */ siteNames)
/* harmony export */ });
const siteNames = ['china', 'international'];
const sites = {
    china: { api: 'tencentcloudapi.com', console: 'https://console.cloud.tencent.com', name: 'China' },
    international: {
        api: 'intl.tencentcloudapi.com',
        console: 'https://console.tencentcloud.com',
        name: 'international',
    },
};
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const endpointOf = (site, endpoint) => (service) => new URL(endpoint === undefined ? `https://${service}.${sites[site].api}/` : endpoint.replaceAll('{service}', service));
const endpointFault = (endpoint) => {
    const url = URL.parse(endpoint.replaceAll('{service}', 'teo'));
    if (url === null)
        return 'a URL, e.g. https://{service}.internal.tencentcloudapi.com';
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
        return 'https://… (http:// is for this machine only: a signed request must not travel in clear)';
    }
    if (url.username !== '' || url.password !== '')
        return 'a URL without user name and password';
    if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
        return 'a URL without path, query and fragment';
    return undefined;
};
const isForeign = (url) => !url.hostname.endsWith('.tencentcloudapi.com') && !loopback.test(url.hostname);


/***/ }),

/***/ 467:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ inParallel),
/* harmony export */   Q: () => (/* binding */ lotsOf)
/* harmony export */ });
const inParallel = async (items, width, work) => {
    const queue = (function* () {
        yield* items;
    })();
    let started = 0;
    const errors = [];
    const worker = async () => {
        for (const item of queue) {
            const at = started++;
            try {
                await work(item);
            }
            catch (error) {
                errors.push({ at, error });
            }
            if (errors.length > 0)
                return;
        }
    };
    await Promise.all(Array.from({ length: width }, worker));
    const [first] = errors.toSorted((a, b) => a.at - b.at);
    if (first !== undefined)
        throw first.error;
};
const lotsOf = (items, size) => Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));


/***/ }),

/***/ 140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ madeOnce)
/* harmony export */ });
const most = 500;
const madeOnce = (make, keyOf = (from) => from) => {
    const known = new Map();
    return (from) => {
        const key = keyOf(from);
        const made = known.get(key) ?? make(from);
        if (known.size < most)
            known.set(key, made);
        return made;
    };
};


/***/ }),

/***/ 805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   dh: () => (/* binding */ brief),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   vd: () => (/* binding */ day)
/* harmony export */ });
const oneLine = (text) => text
    .replace(/\r\n|[\n\r\u2028\u2029]/g, ' ⏎ ')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/ {2,}/g, ' ')
    .trim();
const clip = (text, max) => {
    if (text.length <= max)
        return text;
    return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
};
const brief = (text, max) => clip(oneLine(clip(text, 20 * max)), max);
const longestRun = (text) => (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
const longestSpan = 4000;
const code = (text) => {
    if (/^[\w.:-]{1,253}$/.test(text))
        return `\`${text}\``;
    const line = brief(text, longestSpan);
    if (line === '')
        return '–';
    const fence = '`'.repeat(longestRun(line) + 1);
    const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${line}${pad}${fence}`;
};
const fenced = (text, language) => {
    const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1);
    const visible = text.split('\n').map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\ufffd'));
    return [fence + language, ...visible, fence].join('\n');
};
const prose = (text) => oneLine(text).replace(/[!#-&*+./:<-@[-`{-~]/g, (c) => `&#${c.charCodeAt(0)};`);
const duration = (ms) => {
    const seconds = Math.max(0, ms) / 1000;
    if (seconds < 9.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole} s`;
    const two = (n) => String(n).padStart(2, '0');
    if (whole < 3600)
        return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
    return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
};
const day = (ms) => new Date(ms).toISOString().slice(0, 10);
const count = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;
const list = (items, max, nameOf = String) => {
    const names = items
        .slice(0, max)
        .map((item) => nameOf(item))
        .join(', ');
    return items.length <= max ? names : `${names} and ${items.length - max} more`;
};


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(342);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
