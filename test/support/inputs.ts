/** Inputs of a run that binds one certificate ID to one host. */
export const goodInputs: Readonly<Record<string, string>> = {
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com',
  'cert-id': 'J2JqATrt',
  'secret-id': 'AKIDexample',
  'secret-key': 'keyexample',
}

/** Inputs as the runner passes them: in the environment. */
export const envOf = (inputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  )

/** The environment of a run with good inputs, some of them replaced. */
export const envWith = (changes: Readonly<Record<string, string>> = {}): Record<string, string> =>
  envOf({ ...goodInputs, ...changes })
