/**
 * The page, in Typst. It reads `/thread.json` (a `ThreadPage`) and the pictures that the page names; text is data there
 * and never markup. Each string from outside stands in a paragraph or cell of its own, so that one that runs right to
 * left cannot move the words around it.
 */
export const threadTemplate = `
#let data = json("/thread.json")
#let labels = data.labels
#let ink = rgb("#1b232d")
#let muted = rgb("#525d69")
#let hairline = rgb("#c5ccd4")
#let accent = rgb("#1f4b78")
#let tint = rgb("#f1f5f9")

#set document(
  title: data.meta.title,
  author: data.meta.author,
  keywords: data.meta.keywords,
  description: data.meta.description,
  date: {
    let (year, month, day, hour, minute, second) = data.meta.date
    datetime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  },
)
#set text(font: data.fonts, fallback: false, size: 10pt, fill: ink, lang: data.language, dir: ltr, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.62em, justify: false)

// A line may break at a space of some width, and at none of width zero. Nobody sees this one, and it is not copied.
#let break-width = 0.001pt
#let runs(list) = for run in list {
  if type(run) == str { run }
  else if "emoji" in run { text(font: "Noto Color Emoji", run.emoji) }
  else if "pieces" in run { for piece in run.pieces { piece; h(break-width) } }
  else if "paragraphEnd" in run { parbreak() }
  else { h(break-width); text(size: 0.8em, fill: muted, "[" + run.codes + "]"); h(break-width) }
}
#let small(body) = text(size: 8.5pt, fill: muted, body)
#let value(row) = {
  let shown = if "href" in row { link(row.href, runs(row.value)) } else { runs(row.value) }
  if row.rtl { align(left, text(dir: rtl, shown)) } else { shown }
}

// How many messages have begun and ended so far: a page that starts within one says so.
#let begun = counter("begun")
#let ended = counter("ended")

#set page(
  paper: "a4",
  margin: (left: 2.5cm, right: 2.2cm, top: 3.1cm, bottom: 2.5cm),
  header: {
    set text(size: 8pt, fill: muted)
    grid(columns: (1fr, auto, auto), column-gutter: 14pt, ..data.header.map(runs))
    v(-3pt)
    line(length: 100%, stroke: 0.5pt + hairline)
    v(-3pt)
    block(height: 8pt, context {
      let number = begun.get().first()
      if number > ended.get().first() [#labels.number #number #labels.continues]
    })
  },
  footer: context {
    set text(size: 8pt, fill: muted)
    let number = counter(page)
    line(length: 100%, stroke: 0.5pt + hairline)
    v(-1pt)
    grid(columns: (1fr, auto), column-gutter: 1cm,
      labels.receivedHash + ": " + runs(data.hash),
      [#labels.page #number.display() #labels.of #number.final().first()])
  },
)
#show heading: set text(weight: 600, fill: ink)
#show heading: set par(leading: 0.62em)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 1): set block(below: 0.8em)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 2): set block(above: 2em, below: 1em)
#show heading.where(level: 3): set text(size: 10.5pt)
#show heading.where(level: 3): set block(above: 0pt, below: 0.8em)
#show link: set text(fill: accent)
#set figure(numbering: none)
#show figure: set align(left)
#show figure.caption: set text(size: 8.5pt, fill: muted)
#set figure.caption(position: bottom)

// One table, in which each group has a header of its own that comes again on the next page.
#let facts(groups) = table(
  columns: (auto, 1fr),
  inset: (x, y) => (left: if x == 0 { 0pt } else { 14pt }, right: 0pt, y: 4pt),
  stroke: none,
  ..for group in groups {
    (
      table.header(
        repeat: true,
        table.cell(colspan: 2, inset: (top: 9pt, bottom: 4pt), stroke: (bottom: 0.8pt + ink), text(weight: 600, runs(group.heading))),
      ),
      ..for row in group.rows {
        (
          table.cell(stroke: (bottom: 0.4pt + hairline), small(runs(row.label))),
          table.cell(stroke: (bottom: 0.4pt + hairline), text(size: 9.2pt, value(row))),
        )
      },
    )
  }
)

#let details(list) = block(below: 1.15em, sticky: true, {
  set text(size: 8.5pt)
  grid(
    columns: (6.2em, 1fr), column-gutter: 8pt, row-gutter: 5.2pt,
    ..for row in list { (text(fill: muted, runs(row.label)), value(row)) }
  )
})

#let body(message) = {
  set text(lang: message.language)
  for row in message.lines {
    if row.gap > 0 { v(0.7em * row.gap, weak: false) }
    set text(dir: if row.rtl { rtl } else { ltr })
    runs(row.runs)
    parbreak()
  }
}

#let boxed(body) = block(width: 100%, inset: 8pt, stroke: (paint: muted, thickness: 0.5pt, dash: "dashed"), body)

#let picture(it) = block(above: 1.1em, {
  let words = {
    if it.caption.len() > 0 { par(runs(it.caption)) }
    if it.description.len() > 0 { par({ labels.description + ": "; runs(it.description) }) }
    if it.at("firstOfSeveral", default: false) { par(labels.firstOfSeveral) }
  }
  if it.state == "shown" {
    figure(image(it.path, width: it.width * 1cm, alt: it.alt), caption: words)
  } else {
    boxed({ par(if it.state == "broken" { labels.pictureBroken } else { labels.pictureLeftOut }); small(words) })
  }
})

#let kicker(message) = if message.answers != "" {
  block(below: 0.75em, sticky: true, small(message.answers))
}

// The mark is told by words, frame and bar, so that it is seen in black and white too.
#let mark = box(fill: accent, inset: (x: 5pt), outset: (y: 3.5pt), text(size: 8pt, fill: white, labels.marked))
// An outline, so that what the municipality wrote is not taken for what is marked.
#let ours(words) = box(stroke: 0.6pt + accent, inset: (x: 5pt), outset: (y: 3pt), text(size: 8pt, fill: accent, words))
#let head(message) = heading(level: 3, {
  runs(message.heading)
  if message.when != "" { " "; box(text(size: 8.5pt, weight: 400, fill: muted, "· " + message.when)) }
  if message.marked { " "; h(3pt); mark }
  if message.ours != "" { " "; h(3pt); ours(message.ours) }
})

#let message(it) = pad(left: it.indent * 5mm, block(
  width: 100%,
  above: 1.4em,
  below: 1.4em,
  inset: if it.marked { (left: 11pt, right: 10pt, y: 10pt) } else { (left: 11pt, right: 10pt, y: 3pt) },
  fill: if it.marked { tint },
  stroke: if it.marked { (left: 4pt + accent, rest: 1pt + accent) } else { (left: 1pt + hairline) },
  {
    begun.step()
    kicker(it)
    head(it)
    details(it.rows)
    if it.lines.len() > 0 { body(it) } else { par(small(labels.noText)) }
    if it.codesShown { block(above: 1em, small(labels.codesShown)) }
    if it.linesJoined { block(above: 1em, small(labels.linesJoined)) }
    for one in it.figures { picture(one) }
    for one in it.notes { block(above: 0.85em, small(runs(one))) }
    ended.step()
  },
))

#heading(level: 1, runs(data.title))
#par(small(labels.purpose))
#facts(data.facts)
#heading(level: 2, labels.thread)
#block(below: 1.4em, sticky: true, small(data.intro))
#for one in data.messages { message(one) }

#if data.files.len() > 0 {
  heading(level: 2, labels.files)
  table(
    columns: (1fr, 4.5cm, auto),
    inset: (x, y) => (left: if x == 0 { 0pt } else { 14pt }, right: 0pt, y: 5pt),
    align: (left, left, right),
    stroke: none,
    table.hline(stroke: 0.8pt + ink),
    table.header(small(labels.file), small(labels.mediaType), small(labels.size)),
    table.hline(stroke: 0.4pt + hairline),
    ..for one in data.files {
      (
        runs(one.name), small(runs(one.mediaType)), small(one.size),
        table.cell(colspan: 3, inset: (x: 0pt, top: 0pt, bottom: 6pt), text(size: 7.5pt, fill: muted, "SHA-256 " + runs(one.sha256))),
        table.hline(stroke: 0.4pt + hairline),
      )
    }
  )
}
`
