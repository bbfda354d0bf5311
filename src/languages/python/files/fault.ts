/** Why a file can not be read, in words that follow “it can not be read:”. */
export class FileFault extends Error {}
