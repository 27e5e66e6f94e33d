import { describe, expect, test } from 'vitest'
import { allowedTargets } from '../../src/webhooks/allowed-targets.ts'

const targets = allowedTargets()

describe('an address', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.170',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '0:0:0:0:0:ffff:a00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456:789a::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not-an-address',
    ''
  ])('%s is not called', (address) => {
    expect(targets.mayCall('eksempel.no', address)).toBe(false)
  })

  test.each([
    '1.1.1.1',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '198.20.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:400f::1',
    '::ffff:1.1.1.1'
  ])('%s is', (address) => {
    expect(targets.mayCall('eksempel.no', address)).toBe(true)
  })
})

describe('an URL', () => {
  test.each([
    'http://eksempel.no/',
    'ftp://eksempel.no/',
    'file:///etc/passwd',
    'https://bruker@eksempel.no/',
    'https://bruker:passord@eksempel.no/',
    'https://:passord@eksempel.no/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://127。0。0。1/',
    'https://127.0.0.1./',
    'https://0/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:ffff:127.0.0.1]/',
    'https://[64:ff9b::127.0.0.1]/',
    'https://[fd00::1]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://db/',
    'https://metadata.google.internal/',
    'https://skriver.local/',
    'http://127.0.0.1/',
    'https://',
    'eksempel.no',
    ''
  ])('%s is refused', (url) => {
    expect(() => targets.checkUrl(url)).toThrow(expect.objectContaining({ code: 'webhook-url-not-allowed' }))
  })

  test.each(['https://eksempel.no/krok?n=1', 'https://eksempel.no:8443/', 'https://1.1.1.1/', 'https://blåbær.no/'])(
    '%s is taken',
    (url) => {
      expect(() => targets.checkUrl(url)).not.toThrow()
    }
  )
})

describe('private targets', () => {
  const own = allowedTargets('127.0.0.1, 10.20.0.0/16,Intern.Eksempel.no,fd00:1::/32')

  test('are called when they are named, and no others', () => {
    expect(own.mayCall('hva.som.helst', '10.20.3.4')).toBe(true)
    expect(own.mayCall('hva.som.helst', '::ffff:10.20.3.4')).toBe(true)
    expect(own.mayCall('hva.som.helst', '10.21.0.1')).toBe(false)
    expect(own.mayCall('hva.som.helst', 'fd00:1::5')).toBe(true)
    expect(own.mayCall('intern.eksempel.no', '192.168.3.4')).toBe(true)
    expect(own.mayCall('annen.eksempel.no', '192.168.3.4')).toBe(false)
  })

  test('are called without TLS only on this very machine', () => {
    expect(() => own.checkUrl('http://127.0.0.1:8080/')).not.toThrow()
    expect(() => own.checkUrl('http://localhost:8080/')).not.toThrow()
    expect(() => own.checkUrl('https://10.20.1.1/')).not.toThrow()
    for (const url of ['http://10.20.1.1/', 'http://127.0.0.2/', 'http://intern.eksempel.no/', 'http://[::1]/']) {
      expect(() => own.checkUrl(url), url).toThrow(expect.objectContaining({ code: 'webhook-url-not-allowed' }))
    }
  })

  test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'https://intern', 'to ord', '10.0.0.0/x', '-:'])(
    'that are written %s are none',
    (given) => {
      expect(() => allowedTargets(given)).toThrow(RangeError)
    }
  )
})
