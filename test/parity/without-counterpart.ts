/** Loss entries of the reference file that nothing here computes, each with the reason. */
export const LOSSES_WITHOUT_COUNTERPART: Readonly<Record<string, string>> = {
  kl_retain_wagle: 'a quirk of one code base: pulls towards one-hot outputs',
  flat_reverse_kl:
    'its signs in that code raise the forget label and lower the other: it teaches what it should forget',
  flat_squared_hellinger: 'the same fault of signs as the reverse KL',
  flat_neyman: 'in that code it lowers both answers',
  blindspot_regression: 'regression networks are not part of the engine yet',
};
