// Everything works without this: it puts a button beside what is to be copied, and moves focus to what must be mended.
for (const field of document.querySelectorAll('textarea[data-copy]')) {
  const label = document.querySelector(`label[for="${field.id}"]`)
  const button = document.createElement('button')
  const said = document.createElement('span')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = `Kopier svaret på ${label.textContent.toLowerCase()}`
  said.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    field.select()
    const isCopied = await copied(field.value)
    said.textContent = isCopied ? ' Kopiert.' : ' Teksten er merket. Trykk Ctrl+C.'
  })
  field.after(button, said)
}

document.getElementById('summary')?.focus()

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
