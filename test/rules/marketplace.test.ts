import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

// What GitHub's Marketplace demands of action.yml in the root (GitHub Docs, "Metadata syntax reference" and "Publishing actions in GitHub
// Marketplace"), so that the form of a release does not refuse it. The audit is not listed, but its icon is shown all the same.

const root = join(import.meta.dirname, '../..')
const files = ['action.yml', 'audit/action.yml']
const colors = ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']
/** Some of the icons of Feather 4.28.0 that GitHub has. */
const icons = ['award', 'check-circle', 'cloud', 'eye', 'lock', 'search', 'shield', 'unlock']

test.each(files)('%s has what the Marketplace demands', (file) => {
  const { name, description, author, branding } = parse(readFileSync(join(root, file), 'utf8'))
  expect(name).toMatch(/^\w[\w -]+\w$/)
  expect(author).toMatch(/\w/)
  expect(description).toMatch(/^[A-Z].*\.$/)
  expect(colors).toContain(branding.color)
  expect(icons).toContain(branding.icon)
})

test('the action has the name under which it is listed, and a description that the Marketplace takes', () => {
  const { name, description } = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
  expect(name).toBe('Deploy TLS certificate to Tencent Cloud EdgeOne')
  // 125 characters and more are refused.
  expect([...description].length).toBeLessThan(125)
})
