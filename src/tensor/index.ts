/**
 * n-dimensional arrays with NumPy's semantics, in pure TypeScript: views on shared storage, broadcasting, dtypes and
 * promotion, in-place writes with undo records. Element counts, strides and offsets are in elements. All errors are
 * TensorError and carry NumPy's wording where NumPy raises too.
 */
export { TensorError, numpyShape, shapeText, tupleText, type NumpyWording, type TensorErrorCode } from './error';
export {
  DTYPES,
  DTYPE_FACTS,
  dtypeNamed,
  isWide,
  isFloat,
  isInteger,
  kindOf,
  type DType,
  type Kind,
  type TypedArray,
} from './dtype';
export {
  canCast,
  jointMathType,
  mathType,
  promote,
  quotientType,
  resultType,
  type Casting,
  type WeakKind,
} from './promotion';
export {
  axesOf,
  broadcastShapes,
  broadcastStrides,
  inferShape,
  normalizeAxes,
  normalizeAxis,
  rowMajorStrides,
  sameShape,
  sizeOf,
  type AxisArgument,
  type Shape,
} from './shape';
export { MAX_ELEMENTS, Storage } from './storage';
export { fromValues, NdArray, scalar, weakFloat, weakInt, zeros, type Nested } from './ndarray';
export { arange, eye, fromNested, full, linspace, ones } from './create';
export { asType, astype, castFunction, contiguous, copy, toFloat64 } from './cast';
export { reapply, rollBack, type UndoRecord } from './undo';
export {
  map,
  mapInto,
  withLoop,
  zip,
  zip3,
  zip3Into,
  zipInto,
  type Binary,
  type BinaryLoop,
  type Ternary,
  type Unary,
  type UnaryLoop,
} from './elementwise';
export {
  broadcastTo,
  diagonal,
  expandDims,
  flip,
  moveAxis,
  ravel,
  reshape,
  sliceAxis,
  squeeze,
  swapAxes,
  take,
  transpose,
  view,
} from './views';
export { sliceBounds, type IndexItem, type SliceBounds, type SliceItem } from './indexing/parse';
export { accumulate, assign, getElement, select, setElement, write } from './indexing/select';
export * as operators from './operators';
export { operate, operateInto, operateUnary, type BinaryOperator, type UnaryOperator } from './operators';
export { accumulationType, type ReduceOptions } from './reductions/reduce';
export { cumprod, cumsum, mean, prod, standardDeviation, sum, variance } from './reductions/sums';
export { argmax, argmin, max, min, peakToPeak, type ArgOptions } from './reductions/extrema';
export { all, any, countNonzero } from './reductions/logical';
export { dot, inner, matmul, outer, tensordot, trace, vdot } from './products/matmul';
export {
  atLeast,
  columnStack,
  concatenate,
  depthStack,
  horizontalStack,
  meshgrid,
  repeat,
  split,
  stack,
  takeIndices,
  tile,
  verticalStack,
} from './structure/join';
export {
  diag,
  diff,
  lowerTriangle,
  matrixTranspose,
  pad,
  roll,
  rotate90,
  upperTriangle,
  type PadMode,
} from './structure/rearrange';
export {
  argsort,
  argwhere,
  bincount,
  nonzero,
  searchSorted,
  sort,
  unique,
  type SortKind,
  type Unique,
} from './structure/sort';
export {
  arrayEqual,
  broadcastArrays,
  clip,
  isClose,
  median,
  putAlongAxis,
  quantile,
  takeAlongAxis,
  where,
} from './structure/choose';
export { arrayRepr, arrayText, DEFAULT_PRINT_OPTIONS, scalarRepr, scalarText, type PrintOptions } from './print';
export { RandomState } from './random/randomState';
export { Generator } from './random/generator';
export type { ChoiceOptions, Parameter } from './random/draw';
export { cofactors } from './linalg/cofactors';
export { det, inv, matrixPower, slogdet, solve } from './linalg/lu';
export { cholesky, solveTriangular, type TriangularOptions } from './linalg/triangular';
export { squareExtent } from './linalg/matrices';
export { qr, type QrMode } from './linalg/qr';
export { eigh, svd, type Svd } from './linalg/spectral';
export {
  conditionNumber,
  kron,
  leastSquaresCutoff,
  lstsq,
  matrixRank,
  norm,
  pinv,
  type LeastSquares,
  type NormOptions,
  type NormOrder,
} from './linalg/norms';
export { contract, einsum, einsumCost, parseEinsum, type EinsumPlan } from './products/einsum';
export { convolve, convolveInput, convolveWeight, type ConvolutionOptions } from './convolution/convolve';
export {
  averagePool,
  averagePoolInput,
  gatherPooled,
  maxPool,
  scatterPooled,
  type MaxPool,
  type PoolOptions,
} from './convolution/pool';
export type { PerAxis, WindowOptions } from './convolution/windows';
