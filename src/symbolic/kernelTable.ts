/** The kernels by name. */
import * as kernels from './kernels';

export type Kernel = (x: number, y: number) => number;

export type KernelName = keyof typeof kernels;

export const KERNELS: Readonly<Record<KernelName, Kernel>> = kernels;

/** The kernel of that name, if there is one. */
export function kernelOf(name: string): Kernel | undefined {
  return Object.hasOwn(KERNELS, name) ? KERNELS[name as KernelName] : undefined;
}
