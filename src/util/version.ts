/** Version of this action, for the log and for `X-TC-RequestClient`. A test keeps it equal to package.json's. */
export const version = '1.0.0'
