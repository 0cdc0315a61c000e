/** Version of the numbers: raised whenever the same scenario may give other results than before. */
export const ENGINE_VERSION = '0.1.0';
