import jsQR from 'jsqr'

/** A phone's picture is far larger than a code needs. */
const MAX_PIXELS = 1200

/** The text of the QR code in a picture, or null. Read on this device: the picture goes nowhere. */
export async function readQr(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file)
  try {
    const scale = Math.min(1, MAX_PIXELS / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) return null
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    return jsQR(data, width, height)?.data ?? null
  } finally {
    picture.close()
  }
}
