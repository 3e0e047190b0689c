/** Exactly the same type: neither wider nor narrower. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles where `A` and `B` are {@link Same}. */
export const same = <A, B>(_: Same<A, B>): void => undefined;
