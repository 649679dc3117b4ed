"""Headers that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from medskapa.ground.web.policies import allowing


class Headers:
    """Say what pages may use of the device, and that pages of whoever is signed in stay out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", allowing())
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Set-Cookie" in response.headers or response.cookies or "Cookie" in response.headers.get("Vary", ""):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
