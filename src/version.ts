/** The release, as the API and the records name it; a test keeps it equal to package.json. */
export const version = '0.1.0'
