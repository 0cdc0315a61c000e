/** The compiler's programming interface, or undefined where it is not installed. */
export const findCompiler: () => string | undefined;
/** The generated file's text. */
export const compileKernels: () => Promise<string>;
