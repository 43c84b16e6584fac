/** Schemes HighLevel signs webhooks with, over the raw bytes of the body. */
export type SignatureScheme = 'ed25519' | 'rsa';

/** Whose key it is: HighLevel's own, one set for a profile, the simulator's, or a development one. */
export type KeyOwner = 'highlevel' | 'profile' | 'simulator' | 'development';

/** A public key that verifies webhook signatures. */
export type SignatureKey = {
  owner: KeyOwner;
  scheme: SignatureScheme;
  /** SPKI in PEM. */
  pem: string;
  /** SHA-256 of the SPKI in DER, lower-case hex. */
  fingerprint: string;
};

/**
 * HighLevel's published keys, the same for every app (HighLevel docs: Webhook Integration Guide; Webhook
 * Authentication). Rotation is announced by e-mail and Slack only, so a profile may replace them.
 */
export const highlevelKeys: readonly SignatureKey[] = [
  {
    owner: 'highlevel',
    scheme: 'ed25519',
    pem: `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=
-----END PUBLIC KEY-----
`,
    fingerprint: '5a2c1b2749d3efcc233fb27d4ab43d56b8d20818c42cd226f6c9a3ff20d3097c',
  },
  {
    owner: 'highlevel',
    scheme: 'rsa',
    pem: `-----BEGIN PUBLIC KEY-----
MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAokvo/r9tVgcfZ5DysOSC
Frm602qYV0MaAiNnX9O8KxMbiyRKWeL9JpCpVpt4XHIcBOK4u3cLSqJGOLaPuXw6
dO0t6Q/ZVdAV5Phz+ZtzPL16iCGeK9po6D6JHBpbi989mmzMryUnQJezlYJ3DVfB
csedpinheNnyYeFXolrJvcsjDtfAeRx5ByHQmTnSdFUzuAnC9/GepgLT9SM4nCpv
uxmZMxrJt5Rw+VUaQ9B8JSvbMPpez4peKaJPZHBbU3OdeCVx5klVXXZQGNHOs8gF
3kvoV5rTnXV0IknLBXlcKKAQLZcY/Q9rG6Ifi9c+5vqlvHPCUJFT5XUGG5RKgOKU
J062fRtN+rLYZUV+BjafxQauvC8wSWeYja63VSUruvmNj8xkx2zE/Juc+yjLjTXp
IocmaiFeAO6fUtNjDeFVkhf5LNb59vECyrHD2SQIrhgXpO4Q3dVNA5rw576PwTzN
h/AMfHKIjE4xQA1SZuYJmNnmVZLIZBlQAF9Ntd03rfadZ+yDiOXCCs9FkHibELhC
HULgCsnuDJHcrGNd5/Ddm5hxGQ0ASitgHeMZ0kcIOwKDOzOU53lDza6/Y09T7sYJ
PQe7z0cvj7aE4B+Ax1ZoZGPzpJlZtGXCsu9aTEGEnKzmsFqwcSsnw3JB31IGKAyk
T1hhTiaCeIY/OwwwNUY2yvcCAwEAAQ==
-----END PUBLIC KEY-----
`,
    fingerprint: '2f62045d413b1b7747e26770ce7f57840cbf86288cd20ceb90d299a62501fd25',
  },
];
