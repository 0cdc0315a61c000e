/** Every file of seeds/leaderboard by its name, as JSON still to be read. */
export const leaderboardFiles: readonly { readonly id: string; readonly input: unknown }[] = Object.entries(
  import.meta.glob('../../../seeds/leaderboard/*.json', { eager: true, import: 'default' }),
).map(([path, input]) => ({ id: path.replace(/^.*\//, '').replace(/\.json$/, ''), input }));
