import type { PhraseList } from './phrase-list.ts'

/** Barnevern: the service, its measures, and care that fails. */
export const childWelfare: PhraseList = {
  telling: `
    tok|tar|tek|tatt|teke ungene|ungane|barna|borna fra|frå, teke|teken frå|fra oss|dei|dem ungane|ungene|barna|borna, bvt
    barnevern, barnevernet, barnevernets, barnevernt, barnevernsak*, barnevernss*, barnevernsv*, barnevernst*, barnevernsl*, barnevernsm*, barnevernt*
    barnevernv*, barnevernl*, barnevernk*, barnevernarb*, barnevernsb*, barnevernsi*, barnevernsp*, barneværnet, barnevenet, barneverne, barne vernet|vern, bv saken
    omsorgsovert*, omsorgssvikt*, omsorgstilbud fra barnevernet, fratatt|fråteken|fratatte omsorg*|omsorga, mistet|mista omsorg*|omsorga, mista foreldrer*
    fosterhjem*, fosterheim*, fosterbarn*, fostermor*, fosterfar*, fosterforeld*, fosterfamil*, beredskapshjem*, beredskapsheim*, ungdomshjem
    bekymringsmelding*, bekymringsmeld*, uromelding*, meldeplikt til barnevern*, akuttplasser*, tvangsplasser*, flytta … til fosterheim, tatt|teken|tatt … fra|frå foreldrene|foreldra|mora|moren
    samværsnekt*, samværssabotasje*, samvær med tilsyn, tilsynsfører*, besøkshjem*, besøksheim*, avlastningshjem*, avlastingsheim*
    barnevernsinstitusjon*, hentet|henta … på|i skolen|skulen av barnevernet, tok fra|frå oss|dem|dei|meg|henne|ho ungene|ungane|barna|borna
    tatt fra|frå oss|dem|dei|meg ungene|ungane|barna|borna, barnehuset, statens barnehus, barnevernvakt*, fylkesnemnd*`,
  harmless: `
    vern av barn, barnevennl*, barnevenl*, utdanning|studerer|studere|studie|bachelor|student … barnevern*, barnevernsstud*, barnevernstud*, barnevernspedagogutdann*`
}
