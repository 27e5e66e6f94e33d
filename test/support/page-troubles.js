// Runs in a page: what WCAG 2.2 asks of every page and a program can tell. Gives what is wrong.
;(() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const ids = all('[id]').map(({ id }) => id)
  const named = (one, attribute) => (one.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean)
  const isSmall = (one) => {
    const { width, height } = one.getBoundingClientRect()
    return width > 0 && (width < 24 || height < 24)
  }
  const fields = all('input:not([type=hidden]), select, textarea')
  const levels = all('h1, h2, h3').map(({ tagName }) => Number(tagName[1]))
  const pointing = all('[aria-describedby], [aria-labelledby]').flatMap((one) => [
    ...named(one, 'aria-describedby'),
    ...named(one, 'aria-labelledby')
  ])
  const leading = all('a[href^="#"]').map((one) => one.getAttribute('href').slice(1))
  return [
    ...fields.filter(({ labels }) => labels.length === 0).map(({ id }) => `no label: ${id}`),
    ...ids.filter((id, n) => ids.indexOf(id) !== n).map((id) => `id twice: ${id}`),
    ...[...pointing, ...leading].filter((id) => !ids.includes(id)).map((id) => `leads nowhere: ${id}`),
    ...all('button, input[type=checkbox], input[type=radio], select')
      .filter(isSmall)
      .map(({ outerHTML }) => `too small: ${outerHTML}`),
    ...(levels.filter((level) => level === 1).length === 1 ? [] : ['not one h1']),
    ...levels.filter((level, n) => level > (levels[n - 1] ?? 0) + 1).map((level) => `skips to h${level}`),
    ...(document.documentElement.lang === 'nb' ? [] : ['no language']),
    ...(document.documentElement.scrollWidth > innerWidth ? [`wider than the window of ${innerWidth}`] : [])
  ]
})()
