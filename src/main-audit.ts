// The entry of the audit: the same program, with the argument that tells which step it is.
process.argv[2] = 'audit'
await import('./main.ts')
