const municipality = { displayName: 'Eksempel kommune', handle: 'eksempelkommune' }
/** Who marks the inquiries. */
export const demoAdministrator = {
  name: 'Siv Eksempel',
  actsAs: ['servicetorget'],
  unit: 'Servicetorget',
  may: ['mark', 'reply'],
  from: '2026-01-01T00:00:00+01:00',
  reason: 'Utnevnt for demonstrasjonen.'
}

export const demoPages = [{ source: 'facebook', name: municipality.displayName, handle: municipality.handle }]

const mark = (reason: string, category: string) => ({
  by: 'servicetorget',
  reason,
  category,
  at: '2026-11-21T10:15:00+01:00'
})

const thread = (pictureId: string) => ({
  title: 'Kommentartråd med bilde',
  body: {
    source: 'facebook',
    externalId: 'demo-1001_2001',
    kind: 'comment',
    permalink: 'https://www.facebook.com/eksempelkommune/posts/1001?comment_id=2001',
    author: { displayName: 'Kari Eksempel', profileUrl: 'https://www.facebook.com/kari.eksempel' },
    text: 'Slik ser det ut ved skolen nå. Ungene må gå i veibanen!\n\nNår kommer brøytebilen?',
    language: 'nb',
    publishedAt: '2026-11-21T08:42:10+01:00',
    context: {
      parents: [
        {
          author: municipality,
          text: 'Det er meldt mye snø i helgen. Vi brøyter skoleveier først.',
          publishedAt: '2026-11-20T15:00:00+01:00'
        }
      ],
      siblings: [
        {
          author: { displayName: 'Ola Eksempel' },
          text: 'Enig! Helt håpløst i dag.',
          publishedAt: '2026-11-21T08:50:00+01:00'
        }
      ]
    },
    attachments: [{ id: pictureId, description: 'Snødekt fortau ved en skole' }],
    mark: mark('Melding om farlig skolevei', 'case')
  }
})

const others = [
  {
    title: 'Spørsmål på nynorsk',
    body: {
      source: 'mastodon',
      externalId: 'demo-110001',
      kind: 'post',
      permalink: 'https://snabelen.eksempel/@ingrid/110001',
      author: { displayName: 'Ingrid Døme', handle: '@ingrid@snabelen.eksempel' },
      text: 'Hei kommunen! Kor lang tid tek det å få svar på ein søknad om barnehageplass? Eg søkte i september og har ikkje høyrt noko.',
      language: 'nn',
      publishedAt: '2026-11-20T19:03:00+01:00',
      mark: mark('Spørsmål i en søknadssak', 'question')
    }
  },
  {
    title: 'Emoji og flagg',
    body: {
      source: 'instagram',
      externalId: 'demo-18001',
      kind: 'comment',
      author: { displayName: 'ola_på_tur 🏔️', handle: 'ola_paa_tur' },
      text: '17. mai-toget 🇳🇴 gikk forbi en åpen kum 😱👷🏽‍♀️ – noen må sikre den før helga! ⚠️ 1️⃣3️⃣',
      language: 'nb',
      publishedAt: '2026-05-17T12:30:00+02:00',
      mark: mark('Melding om fare', 'case')
    }
  },
  {
    title: 'Nordsamisk',
    body: {
      source: 'facebook',
      externalId: 'demo-1001_2002',
      kind: 'message',
      author: { displayName: 'Máret Ovdamearka' },
      text: 'Bures! Sáhtángo oažžut dieđuid sámegillii mánáidgárddi birra? Háliidan čállit ohcamuša, muhto in gávnna skovi.',
      language: 'se',
      publishedAt: '2026-11-19T11:00:00+01:00',
      mark: mark('Ber om informasjon og skjema', 'question')
    }
  },
  {
    title: 'Arabisk',
    body: {
      source: 'facebook',
      externalId: 'demo-1001_2003',
      kind: 'comment',
      author: { displayName: 'ليلى مثال' },
      text: 'مرحبا، متى تبدأ دورة اللغة النرويجية القادمة في البلدية؟ هل يمكنني التسجيل عبر الإنترنت؟',
      language: 'ar',
      publishedAt: '2026-11-18T14:20:00+01:00',
      mark: mark('Spørsmål om norskkurs', 'question')
    }
  }
]

/** A handful of inquiries such as a municipality gets; all names are invented. `title` is for the one who watches. */
export const demoInquiries = (pictureId: string) => [thread(pictureId), ...others]
