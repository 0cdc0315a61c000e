import type { Plugin } from 'vite';

/** For Vite's preview server: no link leads out of the build, and a file that is missing is missing and not the page. */
export declare const onlyDist: () => Plugin;
