/** How many times longer everything takes here and now than on an idle machine of the usual speed: from 1 to 8. */
export const measuredPace: () => number;
