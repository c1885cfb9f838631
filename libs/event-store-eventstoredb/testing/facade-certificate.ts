/** Of a façade on loopback: made for tests, trusted by nobody else, good for a hundred years. */
export const facadeCertificate = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUEX/PWFWJhJqC9pcx+nieiqSouwEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyODE0NTIzMloYDzIxMjYxMTA0
MTQ1MjMyWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASeWg3iy3i0Qbt/GZarozXp6v5uaVlhl8a1VkCnfIZVVrXYWoQKFiPQ
318VuHgoC7+mQ3E1KVEpXZJZKrw4z+Wuo2QwYjAdBgNVHQ4EFgQUChg492q1AXT1
aB9vtMnJuoP/qHEwHwYDVR0jBBgwFoAUChg492q1AXT1aB9vtMnJuoP/qHEwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IHfJLU+m2N7nGBr3Aeut/rIUnh+ubP8rPQzqJTS/szxkAiEAiDdBmXMjGYXi2aQ/
YdJADfMAxhg5FUjk76U0xklRW10=
-----END CERTIFICATE-----
`;

/** It guards nothing: whoever reads this file has it. */
export const facadeKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSN/L0oHPJbZj+GLH
1pqZmVoCZS/QdsA8eZTCSkpYdMehRANCAASeWg3iy3i0Qbt/GZarozXp6v5uaVlh
l8a1VkCnfIZVVrXYWoQKFiPQ318VuHgoC7+mQ3E1KVEpXZJZKrw4z+Wu
-----END PRIVATE KEY-----
`;
