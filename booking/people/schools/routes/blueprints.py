"""The blueprints that the route modules of schools add to."""

from flask import Blueprint

account = Blueprint("account", __name__)
admin = Blueprint("admin", __name__, url_prefix="/admin")
posts = Blueprint("posts", __name__, url_prefix="/posts")
members = Blueprint("members", __name__)
own_school = Blueprint("own_school", __name__, url_prefix="/school")
