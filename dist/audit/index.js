process.argv[2] = 'audit';
await import('../index.js');
export {};
