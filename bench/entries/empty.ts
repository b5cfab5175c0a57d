// What every Node process costs.
export {}
