"""What of the device pages may use: nothing, unless a page asks for more."""

DEVICE = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")


def allowing(*parts: str) -> str:
    """The Permissions-Policy of a page of ours that may use these parts of the device."""
    return ", ".join(f"{part}=(self)" if part in parts else f"{part}=()" for part in DEVICE)
