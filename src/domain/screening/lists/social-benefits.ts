import type { PhraseList } from './phrase-list.ts'

/** NAV and the social services: money, work and housing from the public. */
export const socialBenefits: PhraseList = {
  telling: `
    +trygd, +trygda, minstepensjon*, betalingsanmerkning*, bostedsløs*, bustadlaus*, hjemløs*, heimlaus*
    nav, navs, nav kontor*|leder*|saksbehandler*, navkontor*, sosialhjelp*, sosialstønad*, sosialstønad, sosialkontor*, sosialpeng*, sosialklient*, sosialhjelpsm*
    på sosialen, økonomisk sosialhjelp|stønad, trygd, trygda, trygden, trygdes*, trygdeytel*, trygdemott*, trygdekontor*, trygdede, trygdeytinga, trygdesnylt*, *trygd, *trygda, *trygden, uføretryg*, uføretrygd*, ufør, uføre, uføregrad*, uføreytel*, uføresøk*, uføre søknad*
    dagpenger, dagpengar, dagpengene, dagpengane, dagpengesøk*, arbeidsavklaring*, aap, attføring*, tiltakspeng*, arbeidsledig*, arbeidslaus*, arbeidsløs*
    bostøtte*, bustøtte*, kvalifiseringsprog*, kvp, gjeldsråd*, gjeldsordning*, inkasso*, lever|lev|levde på støtte, kommunal bolig|bustad|leilighet|leilegheit, sosialbolig*, sosialbustad*
    overgangsstønad*, kontantstøtte*, kontantstønad*, grunnstønad*, hjelpestønad*, stønad til|fra|frå, omsorgsløn*, omsorgsstønad*, pleiepeng*, livsopphald*, livsopphold*, nødhjelp til mat
    matsentral*, fattigkass*, sosionom*, ettergitt lån, startlån*, introduksjonsstønad*, introduksjonsprogram*, flyktningtjenesten utbetal*, bidragsforskudd, barnebidrag*, barnebidraget, permitter*`,
  harmless: `
    hjemløse|heimlause katter|kattar
    nav på|til|i sykkel*|hjul*|bak*|fram*, sykkelens nav, bakhjul nav, nytt|ny nav på|til, smurt|smøre|bytte|bytta|byttet|skifte|skiftet|skifta nav|nav,
    uføre veier|vær|vegar|utgifter, uføresett*, uføre i|på, uføre som, kommunale boliger … solgt|bygges|bygg, kommunal bustad|bolig … tomt|rives|rivast`
}
