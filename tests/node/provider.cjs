// An identity provider on loopback, as people's ministries run one: npm `oidc-provider`, with pages to sign in on.
// node provider.cjs PORT REDIRECT SHIFT [ALGORITHM] - SHIFT: seconds its clock is ahead; ALGORITHM of its ID tokens.
// Its key is new with each start; once it listens it prints the private half as JSON, for tests that speak in its name.
// Where the packages are is said by NODE_PATH.
"use strict";

const { generateKeyPairSync, randomUUID } = require("node:crypto");
const { default: Provider } = require("oidc-provider");

const [port, redirect, shift, algorithm = "RS256"] = process.argv.slice(2);
const now = Date.now;
Date.now = () => now() + Number(shift) * 1000;

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig" };
const issuer = `http://127.0.0.1:${port}`;
// Portals: they ask in their own name and in that of whoever signs in, for access tokens as JWT (RFC 9068).
const portal = (client_id) => ({
  client_id,
  client_secret: "a-secret-of-thirty-two-bytes-or-more",
  grant_types: ["authorization_code", "client_credentials"],
  redirect_uris: [redirect.replace(/\/sign-in\/.*/, "/portal")],
});
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "review-forum",
      client_secret: "a-secret-of-thirty-two-bytes-or-more",
      redirect_uris: [redirect],
      post_logout_redirect_uris: [redirect.replace(/\/sign-in\/.*/, "/sign-out")],
      id_token_signed_response_alg: algorithm,
      backchannel_logout_uri: redirect.replace("/back", "/ended"),
      backchannel_logout_session_required: true,
    },
    portal("portal"),
    portal("another-portal"),
  ],
  jwks: { keys: [key] },
  enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "HS256"] },
  features: {
    devInteractions: { enabled: true },
    backchannelLogout: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, asked) => ({ scope: "reviews", audience: asked, accessTokenFormat: "jwt" }),
      useGrantedResource: () => true,
    },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  // Its pages take longer than its ID tokens: a clock that is behind is met by the service, not by the pages.
  ttl: { IdToken: 300, Interaction: 86400, Session: 86400, Grant: 86400, AuthorizationCode: 60 },
  cookies: { keys: [randomUUID()] },
});
provider.listen(Number(port), "127.0.0.1", () => console.log(JSON.stringify(key)));
