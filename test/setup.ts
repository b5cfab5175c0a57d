/** The sources run as they stand only under the Node that the runner has. */
export default (): void => {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new Error(
      `These tests need Node 24 and this is ${process.version}: run them by \`npm test\`, or install Node 24.`,
    )
  }
}
